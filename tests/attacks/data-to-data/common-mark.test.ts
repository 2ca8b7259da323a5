/** What pictures have in common: an error that falls as one over the square root of their number, and nothing where there is nothing. */
import { describe, expect, it } from 'vitest';
import { commonMark, Moments } from '../../../src/attacks/data-to-data/common-mark.ts';
import { randomOf } from '../../../src/core/random.ts';

const size = 2000;
const deviation = 0.2;

/** Moments of pictures of noise with a mark in them. */
function momentsOf(count: number, mark: Float64Array, name: string): Moments {
  const random = randomOf(name);
  const moments = new Moments(size);
  for (let row = 0; row < count; row++) moments.add(mark.map((value) => value + deviation * random.normal()));
  return moments;
}
const nothing = new Float64Array(size);
const coins = randomOf('mark');
const mark = nothing.map(() => (coins.integer(2) ? 0.05 : -0.05));
const rootMeanSquare = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / size);

describe('the difference of two means', () => {
  it.each([25, 100, 400])('of %d marked pictures errs by the square root of the sum of two variances of means', (count) => {
    const [here, elsewhere] = [momentsOf(count, mark, `marked ${count}`), momentsOf(400, nothing, 'others')];
    const error = rootMeanSquare(mark.map((value, at) => here.mean(at) - elsewhere.mean(at) - value));
    const expected = deviation * Math.sqrt(1 / count + 1 / 400);
    expect(Math.abs(error / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * size)); // a root of a mean of 2,000 squares
  });

  it('is the mark with hundreds of pictures, and little of it with ten', () => {
    const others = momentsOf(1000, nothing, 'others');
    const left = (count: number) => {
      const found = commonMark(momentsOf(count, mark, `marked ${count}`), others);
      return rootMeanSquare(mark.map((value, at) => value - (found[at] as number))) / 0.05;
    };
    expect(left(1000)).toBeLessThan(0.25);
    expect(left(10)).toBeGreaterThan(0.8);
    expect(left(10)).toBeLessThan(1.15); // taken away, it costs the picture hardly more than it was worth
  });

  it('is nothing where nothing is in common, but for what chance shows at one value in twenty', () => {
    const found = commonMark(momentsOf(200, nothing, 'some'), momentsOf(200, nothing, 'others'));
    const shown = found.filter((value) => value !== 0).length;
    // P(|t| > 2) = .046 of 2,000: 93 ± 9.4.
    expect(Math.abs(shown - 0.0463 * size)).toBeLessThan(4 * 9.4);
    expect(rootMeanSquare(found)).toBeLessThan(0.4 * deviation * Math.sqrt(2 / 200));
  });
});

/** Frequency analysis against SciPy's assignment, and against all assignments where they are few. */
import { describe, expect, it } from 'vitest';
import { byFrequency, byOrder } from '../../../src/attacks/data-to-data/frequency-analysis.ts';
import reference from '../../reference/frequency_analysis.json' with { type: 'json' };

const close = (found: number, expected: number) => expect(Math.abs(found - expected)).toBeLessThan(1e-12);

describe.each(reference.cases.map((one) => [one.known.length, one] as const))('on a column of %d values', (_count, one) => {
  const [seen, known] = [Float64Array.from(one.seen), Float64Array.from(one.known)];
  const cost = (matched: Int32Array, of: (ciphertext: number, value: number) => number) =>
    matched.reduce((sum, value, ciphertext) => sum + of(ciphertext, value), 0);

  it('matches by rank as NumPy does', () => {
    expect(Array.from(byFrequency(seen, known, 'ranks'))).toEqual(one.ranks);
  });

  it('finds an assignment as cheap as SciPy’s', () => {
    const matched = byFrequency(seen, known, 'assignment');
    expect(new Set(matched).size).toBe(seen.length);
    close(
      cost(matched, (c, v) => ((seen[c] as number) - (known[v] as number)) ** 2),
      one.assignment_cost,
    );
  });

  it('finds where order is kept what SciPy does', () => {
    const [below, knownBelow] = [seen, known].map((shares) => {
      let sum = 0;
      return shares.map((share) => (sum += share));
    }) as [Float64Array, Float64Array];
    const matched = byOrder(seen, known, 'cumulative');
    close(
      cost(
        matched,
        (c, v) =>
          Math.abs((seen[c] as number) - (known[v] as number)) + Math.abs((below[c] as number) - (knownBelow[v] as number)),
      ),
      one.cumulative_cost,
    );
  });
});

describe('with several ciphertexts a value', () => {
  const known = Float64Array.of(0.5, 0.3, 0.19, 0.01);

  it('takes those for the commonest that are as frequent as others, and finds the rare value', () => {
    const seen = Float64Array.of(...Array(20).fill(0.0495), 0.01);
    for (const method of ['ranks', 'assignment'] as const) {
      expect(Array.from(byFrequency(seen, known, method))).toEqual([...Array(20).fill(0), 3]);
    }
  });

  it('reads from their order what their frequencies hide', () => {
    const seen = new Float64Array(100).fill(0.01);
    const expected = [...Array(50).fill(0), ...Array(30).fill(1), ...Array(19).fill(2), 3];
    expect(Array.from(byOrder(seen, known, 'cumulative'))).toEqual(expected);
  });
});

it('sorting needs every value to occur, and the last are the last', () => {
  const known = Float64Array.of(0.2, 0.3, 0.5);
  expect(Array.from(byOrder(Float64Array.of(0.2, 0.8), known, 'sorting'))).toEqual([0, 1]);
  expect(Array.from(byOrder(Float64Array.of(0.1, 0.2, 0.3, 0.4), known, 'sorting'))).toEqual([0, 1, 2, 2]);
});

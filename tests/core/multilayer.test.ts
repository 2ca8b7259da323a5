/** The network in double precision: against finite differences, against itself one example at a time, and against the device. */
import { describe, expect, it } from 'vitest';
import {
  inputGradient,
  layersOf,
  lossOf,
  type Multilayer,
  mixedGradient,
  passOf,
  softmaxRows,
  weightGradient,
} from '../../src/core/multilayer.ts';
import { randomOf } from '../../src/core/random.ts';

const rows = 3;
const widths = [5, 7, 6, 4];
const random = randomOf('multilayer');
const normals = (count: number, scale = 1) => Float64Array.from({ length: count }, () => scale * random.normal());

function networkOf(activation: Multilayer['activation']): Multilayer {
  const size = layersOf({ widths }).reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
  return { widths, activation, weights: normals(size, 0.7) };
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const moved = (x: Float64Array<ArrayBuffer>, i: number, by: number) => x.map((value, j) => (i === j ? value + by : value));
/** Central differences of a smooth function: h² is 1e-10, and rounding 1e-16 / h is 1e-11. */
const step = 1e-5;
const slopesOf = (of: (x: Float64Array<ArrayBuffer>) => number, x: Float64Array<ArrayBuffer>) =>
  x.map((_value, i) => (of(moved(x, i, step)) - of(moved(x, i, -step))) / (2 * step));
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

describe.each(['relu', 'sigmoid'] as const)('a network of three layers with %s', (activation) => {
  const network = networkOf(activation);
  const inputs = normals(rows * 5);
  const targets = softmaxRows(normals(rows * 4), 4);
  const push = normals(network.weights.length);
  const pass = passOf(network, inputs, targets, rows);

  it('has the weight gradient of its loss', () => {
    const loss = (weights: Float64Array<ArrayBuffer>) => lossOf(passOf({ ...network, weights }, inputs, targets, rows), targets);
    expect(furthest(weightGradient(network, pass), slopesOf(loss, network.weights))).toBeLessThan(1e-8);
  });

  it('has the input gradient of its loss', () => {
    const loss = (x: Float64Array<ArrayBuffer>) => lossOf(passOf(network, x, targets, rows), targets);
    expect(furthest(inputGradient(network, pass), slopesOf(loss, inputs))).toBeLessThan(1e-8);
  });

  it('knows how its weight gradient moves with the inputs and with the targets, along any direction', () => {
    const along = (x: Float64Array<ArrayBuffer>, t: Float64Array<ArrayBuffer>) =>
      dot(weightGradient(network, passOf(network, x, t, rows)), push);
    const mixed = mixedGradient(network, pass, push);
    expect(
      furthest(
        mixed.inputs,
        slopesOf((x) => along(x, targets), inputs),
      ),
    ).toBeLessThan(1e-7);
    // A target's movement: of a distribution, so only differences between its classes count.
    const flat = slopesOf((logits) => along(inputs, softmaxRows(logits, 4)), targets.map(Math.log));
    const through = mixed.targets.map((slope, i) => {
      const from = i - (i % 4);
      const own = targets.subarray(from, from + 4);
      return (targets[i] as number) * (slope - dot(own as Float64Array, mixed.targets.subarray(from, from + 4) as Float64Array));
    });
    expect(furthest(through, flat)).toBeLessThan(1e-7);
  });

  it('has the mean of its examples’ gradients', () => {
    const each = Array.from({ length: rows }, (_, row) =>
      weightGradient(network, passOf(network, inputs.slice(row * 5, row * 5 + 5), targets.slice(row * 4, row * 4 + 4), 1)),
    );
    const mean = weightGradient(network, pass);
    expect(
      furthest(
        mean,
        mean.map((_value, i) => each.reduce((sum, own) => sum + (own[i] as number) / rows, 0)),
      ),
    ).toBeLessThan(1e-15);
  });
});

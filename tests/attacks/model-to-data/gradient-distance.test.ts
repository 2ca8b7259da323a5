/** What DLG makes small, against PyTorch's automatic differentiation, twice through the network (`reference/descent.py`). */
import { describe, expect, it } from 'vitest';
import { distanceTo } from '../../../src/attacks/model-to-data/gradient-distance.ts';
import { oneHot } from '../../../src/core/examples.ts';
import { type Multilayer, passOf, weightGradient } from '../../../src/core/multilayer.ts';
import reference from '../../reference/descent.json' with { type: 'json' };

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);

describe.each(['relu', 'sigmoid'] as const)('the distance between two gradients, with %s', (activation) => {
  const { widths, rows, weights, inputs, labels, shared, guess, distance, gradient } = reference.distance[activation];
  const network: Multilayer = { widths, activation, weights: Float64Array.from(weights) };
  const targets = Float64Array.from(oneHot(Int32Array.from(labels), 4));
  const target = Float64Array.from(shared);
  const start = Float64Array.from(guess);
  /** A short gradient is the unit of its distances. */
  const unit = Math.min(1, Math.hypot(...shared)) ** 2;

  it('begins with the same weight gradient', () => {
    expect(furthest(weightGradient(network, passOf(network, Float64Array.from(inputs), targets, rows)), shared)).toBeLessThan(
      1e-13,
    );
  });

  it('is the same, and so are its slopes by inputs and label logits', () => {
    const found = distanceTo(network, target, rows)(start);
    expect(Math.abs(found.loss * unit - distance)).toBeLessThan(1e-12 * distance);
    const slopes = found.gradient.map((slope) => slope * unit);
    expect(furthest(slopes, gradient)).toBeLessThan(1e-12 * distance);
  });

  it('is 0 at the truth, and flat there', () => {
    const found = distanceTo(network, target, rows, { labels: targets })(Float64Array.from(inputs));
    expect(found.loss).toBeLessThan(1e-25);
    expect(furthest(found.gradient, new Float64Array(inputs.length))).toBeLessThan(1e-12);
  });

  it('can leave out what was pruned: then only the other entries count', () => {
    const pruned = target.map((entry) => (Math.abs(entry) > 0.05 ? entry : 0));
    const found = distanceTo(network, pruned, rows, { labels: targets, pruned: true })(Float64Array.from(inputs));
    expect(found.loss).toBeLessThan(1e-25);
    expect(distanceTo(network, pruned, rows, { labels: targets })(Float64Array.from(inputs)).loss).toBeGreaterThan(1e-4);
  });
});

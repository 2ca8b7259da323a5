/** The anomaly index, against the sizes and indices of the reference (`reference/poisoning.json`), which takes sizes as they are. */
import { expect, it } from 'vitest';
import { anomalyIndices } from '../../src/defenses/neural-cleanse.ts';
import reference from '../reference/poisoning.json' with { type: 'json' };

it.each(['mlp|0.0', 'mlp|0.05', 'cnn|0.05'] as const)('the anomaly index is PyTorch’s: %s', (name) => {
  const { l1_per_class, max_low_side_anomaly_index, flagged_class } = reference.neural_cleanse[name];
  for (const [seed, sizes] of l1_per_class.entries()) {
    const indices = anomalyIndices(sizes);
    expect(Math.max(...indices)).toBeCloseTo(max_low_side_anomaly_index[seed] as number, 1); // as many digits as the reference has
    expect(indices.indexOf(Math.max(...indices))).toBe(flagged_class[seed]);
  }
});

it('of logarithms, the reference’s backdoors lie beyond 2 and its clean classes do not', () => {
  const worst = (sizes: readonly number[]) => Math.max(...anomalyIndices(sizes.map(Math.log)));
  for (const sizes of reference.neural_cleanse['mlp|0.05'].l1_per_class) expect(worst(sizes)).toBeGreaterThan(2);
  for (const sizes of reference.neural_cleanse['mlp|0.0'].l1_per_class) expect(worst(sizes)).toBeLessThan(2);
});

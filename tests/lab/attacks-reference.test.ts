/**
 * Two membership attacks through the product against the same attacks in PyTorch (`reference/attacks.json`), without defense and
 * with early stopping, paired by seed.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/attacks.json' with { type: 'json' };
import { numberOf, pairedInterval, predictionBound, runOf, welchBound } from './experiments.ts';

const seeds = [1, 2, 3, 4, 5];
/** Small and overfitted; the experiment of `reference/attacks.py`. */
const overfitted = {
  data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 500 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
  lanes: [
    { name: 'undefended', defenses: [] as object[] },
    { name: 'early stopping', defenses: [{ id: 'early-stopping', epochs: 3 }] },
  ],
};

describe.each([
  ['label-only', { copies: 8 }, reference.label_only] as const,
  ['shadow-classifier', { shadowModels: 4, epochs: 10 }, reference.shadow_classifier] as const,
])('%s on the experiment of reference/attacks.json', (id, options, figures) => {
  const undefended: number[] = [];
  const stopped: number[] = [];

  beforeAll(async () => {
    for (const seed of seeds) {
      const { lanes } = await runOf({ ...overfitted, attack: { id, ...options }, seed });
      undefended.push(numberOf(lanes[0], 'auc'));
      stopped.push(numberOf(lanes[1], 'auc'));
    }
    const { none, early_stopping } = figures;
    console.log(
      `${id}: AUC ${mean(undefended).toFixed(4)}, PyTorch ${none.auc.mean.toFixed(4)}; ` +
        `stopped early ${mean(stopped).toFixed(4)}, PyTorch ${early_stopping.auc.mean.toFixed(4)}`,
    );
  }, 120_000);

  it('finds as much as PyTorch does, at each seed and in the mean', () => {
    for (const auc of undefended) expect(Math.abs(auc - figures.none.auc.mean)).toBeLessThan(predictionBound(figures.none.auc));
    expect(Math.abs(mean(undefended) - figures.none.auc.mean)).toBeLessThan(welchBound(undefended, figures.none.auc));
  });

  it('finds less where training stopped early, by as much as in PyTorch', () => {
    const [, high] = pairedInterval(stopped, undefended);
    expect(high).toBeLessThan(0);
    const changes = stopped.map((auc, i) => auc - (undefended[i] as number));
    const figure = figures.early_stopping.auc_change;
    expect(Math.abs(mean(changes) - figure.mean)).toBeLessThan(welchBound(changes, figure));
  });
});

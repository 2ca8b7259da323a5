/** Wrong labels make memorisation visible: with a tenth of them LiRA finds far more members. Two seeds; six with LONG=1. */
import { expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/membership.json' with { type: 'json' };
import { numberOf, predictionBound, referenceExperiment, runOf } from './experiments.ts';

it('lifts LiRA’s AUC above anything that clean labels give, at every seed', async () => {
  const clean = reference.results['lira16.fixed_pooled.auc'];
  const aucs: number[] = [];
  for (const seed of process.env.LONG ? [1, 2, 3, 4, 5, 6] : [1, 2]) {
    const data = { ...referenceExperiment.data, labelNoise: 0.1 };
    const { lanes } = await runOf({ ...referenceExperiment, data, attack: { id: 'lira', shadowModels: 16 }, seed });
    expect(numberOf(lanes[0], 'trainAccuracy')).toBeGreaterThan(0.92); // more than the 0.9 that are right: wrong labels are learned too
    aucs.push(numberOf(lanes[0], 'auc'));
  }
  console.log(
    `LiRA with 10 % label noise ${aucs.map((auc) => auc.toFixed(3)).join(' ')}, mean ${mean(aucs).toFixed(4)}; PyTorch 0.791, clean ${clean.mean}`,
  );
  for (const auc of aucs) expect(auc).toBeGreaterThan(clean.mean + predictionBound(clean));
}, 600_000);

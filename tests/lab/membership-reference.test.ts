/** Membership inference on an overfitted network against the same experiment in PyTorch (`reference/membership.json`): three seeds, six with LONG=1. */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/membership.json' with { type: 'json' };
import {
  type Metrics,
  numberOf,
  predictionBound,
  type ReferenceFigure,
  referenceExperiment,
  runOf,
  welchBound,
} from './experiments.ts';
import { aucsOf, sights, watchedLira } from './watched-lira.ts';

const seeds = process.env.LONG ? [1, 2, 3, 4, 5, 6] : [1, 2, 3];
const figures = reference.results as Record<string, ReferenceFigure>;

describe('the experiment of reference/membership.json', () => {
  const runs: Metrics[] = [];
  let aucs: Record<string, number>[] = [];

  beforeAll(async () => {
    for (const seed of seeds) {
      const attack = { id: 'watched-lira', shadowModels: 16 };
      const { lanes } = await runOf({ ...referenceExperiment, attack, seed }, [watchedLira]);
      runs.push(lanes[0] as Metrics);
    }
    aucs = sights.map((sight, i) => aucsOf(sight, seeds[i] as number));
    console.log(
      Object.keys(aucs[0] ?? {})
        .map(
          (name) => `${name} ${mean(aucs.map((a) => a[name] as number)).toFixed(4)}, PyTorch ${figures[name]?.mean.toFixed(4)}`,
        )
        .join('\n'),
    );
  }, 600_000);

  it('fits every training set and reaches PyTorch’s accuracy on others', () => {
    for (const run of runs) expect(numberOf(run, 'trainAccuracy')).toBeGreaterThanOrEqual(0.99);
    const accuracies = runs.map((run) => numberOf(run, 'testAccuracy'));
    const acc = figures.acc_test as ReferenceFigure;
    expect(Math.abs(mean(accuracies) - acc.mean)).toBeLessThan(welchBound(accuracies, acc));
  });

  it.each([
    'loss_yeom.auc',
    'modified_entropy.auc',
    'lira16.fixed_pooled.auc',
    'lira16.per_example.auc',
    'lira16.offline_fixed_pooled.auc',
    'rmia16.online.gamma=1.auc',
    'rmia16.offline.a=0.3.gamma=1.auc',
  ])('%s lies within PyTorch’s spread, each seed and their mean', (name) => {
    const figure = figures[name] as ReferenceFigure;
    const own = aucs.map((values) => values[name] as number);
    for (const value of own) expect(Math.abs(value - figure.mean)).toBeLessThan(predictionBound(figure));
    expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));
  });

  it('gives LiRA an AUC whose interval lies above the loss threshold’s at every seed', () => {
    runs.forEach((run, i) => {
      expect(numberOf(run, 'auc')).toBeCloseTo(aucs[i]?.['lira16.fixed_pooled.auc'] as number, 12); // the same scores, by the product's way
      expect(run.auc?.low).toBeGreaterThan(aucs[i]?.['loss_yeom.auc'] as number);
    });
  });

  it('finds members at one per cent false alarms as often as PyTorch does', () => {
    const figure = figures['lira16.fixed_pooled.tpr@1%'] as ReferenceFigure;
    const own = runs.map((run) => numberOf(run, 'tprAtFpr0.01'));
    expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));
  });

  it('says that a thousand non-members cannot show one in a thousand', () => {
    expect(runs[0]?.['tprAtFpr0.001']).toMatchObject({ value: null, how: 'needs 1001 non-members, has 1000' });
  });
});

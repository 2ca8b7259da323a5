/** LiRA as it is, with somebody looking over its shoulder: the shadow models of one run then serve every other way of scoring. */

import lira, { type LiraOptions, liraScores } from '../../src/attacks/model-to-data/lira.ts';
import { offlineAverage, onlineAverage, rmiaScores } from '../../src/attacks/model-to-data/rmia.ts';
import { complementaryHalves } from '../../src/attacks/model-to-data/shadow-models.ts';
import { confidences, logConfidences, logitConfidences, modifiedEntropies } from '../../src/attacks/model-to-data/signals.ts';
import { defineAttack } from '../../src/core/attack.ts';
import { randomOf } from '../../src/core/random.ts';
import { aucOf } from '../../src/metrics/roc.ts';

type Column = Float64Array<ArrayBuffer>;

/** What one run saw of each candidate (x) and of each population point (z), on the target and on every shadow model. */
export interface Sight {
  loss: Column;
  entropy: Column;
  phi: Column;
  shadowPhis: Column[];
  x: Column;
  shadowX: Column[];
  z: Column;
  shadowZ: Column[];
  sees: readonly Uint8Array[];
}

export const sights: Sight[] = [];

export const watchedLira = defineAttack({
  ...lira,
  id: 'watched-lira',
  async *run(target, options, context) {
    const { candidates, population } = context;
    const answers = await target.probabilities(candidates.inputs);
    const elsewhere = await target.probabilities(population.inputs);
    const sight: Sight = {
      loss: logConfidences(answers, candidates.labels),
      entropy: modifiedEntropies(answers, candidates.labels).map((entropy) => -entropy),
      phi: logitConfidences(answers, candidates.labels),
      shadowPhis: [],
      x: confidences(answers, candidates.labels),
      shadowX: [],
      z: confidences(elsewhere, population.labels),
      shadowZ: [],
      sees: complementaryHalves(candidates.count, options.shadowModels, context.random.stream('design')).sees,
    };
    sights.push(sight);
    return yield* lira.run(target, options, {
      ...context,
      async *trainShadowModels(...request) {
        const models = yield* context.trainShadowModels(...request);
        for (const own of await models.probabilities(candidates.inputs)) {
          sight.shadowPhis.push(logitConfidences(own, candidates.labels));
          sight.shadowX.push(confidences(own, candidates.labels));
        }
        for (const own of await models.probabilities(population.inputs)) sight.shadowZ.push(confidences(own, population.labels));
        return models;
      },
    });
  },
});

/** The AUC of every way of scoring one sight. */
export function aucsOf(sight: Sight, seed: number): Record<string, number> {
  // The lab shuffles members and others by this stream; members come first before that.
  const order = randomOf(seed).stream('candidates').permutation(sight.phi.length);
  const isMember = Array.from(order, (row) => row < sight.phi.length / 2);
  const auc = (scores: Float64Array) => aucOf(scores, isMember).value;
  const likelihood = (options: LiraOptions) => auc(liraScores(sight.phi, sight.shadowPhis, sight.sees, options));
  const rmia = (average: (shadows: Column[], sees: readonly Uint8Array[]) => Column) =>
    auc(
      rmiaScores(
        { candidates: sight.x, population: sight.z },
        { candidates: average(sight.shadowX, sight.sees), population: average(sight.shadowZ, []) },
        1,
      ),
    );
  return {
    'loss_yeom.auc': auc(sight.loss),
    'modified_entropy.auc': auc(sight.entropy),
    'lira16.fixed_pooled.auc': likelihood({ mode: 'online', variance: 'fixed' }),
    'lira16.per_example.auc': likelihood({ mode: 'online', variance: 'per-example' }),
    'lira16.offline_fixed_pooled.auc': likelihood({ mode: 'offline', variance: 'fixed' }),
    'rmia16.online.gamma=1.auc': rmia((shadows) => onlineAverage(shadows)),
    'rmia16.offline.a=0.3.gamma=1.auc': rmia((shadows, sees) => offlineAverage(shadows, sees, 0.3)),
  };
}

import { describe, expect, it } from 'vitest';
import { find, planOf } from '../../src/core/experiment.ts';
import { initialValues } from '../../src/core/params.ts';
import { defenses } from '../../src/defenses/index.ts';

const plan = planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 50 });

/** What each defense of training is told, and all that may then differ. */
const changes = {
  'dp-sgd': [{ noiseMultiplier: 2, clip: 0.5, delta: 1e-6 }, { privacy: { noiseMultiplier: 2, clip: 0.5, delta: 1e-6 } }],
  'early-stopping': [{ epochs: 7 }, { epochs: 7 }],
  dropout: [{ rate: 0.3 }, { dropout: 0.3 }],
  'weight-decay': [{ strength: 0.01 }, { weightDecay: 0.01 }],
  'label-smoothing': [{ share: 0.2 }, { labelSmoothing: 0.2 }],
  'negative-label-smoothing': [{ share: -0.1 }, { labelSmoothing: -0.1 }],
  bido: [{ inputs: 2, outputs: 3 }, { dependence: { inputs: 2, outputs: 3 } }],
  'relax-loss': [{ level: 0.7 }, { relaxLoss: 0.7 }],
  distillation: [{ temperature: 4 }, { distillation: { temperature: 4 } }],
} as const;

describe('a defense of training', () => {
  it('is one of these and no other', () => {
    const found = defenses.filter(({ onTraining }) => onTraining).map(({ id }) => id);
    expect(found.toSorted()).toEqual(Object.keys(changes).toSorted());
  });

  it.each(Object.entries(changes))('changes its own fields of the plan and leaves the others: %s', (id, [options, changed]) => {
    const before = structuredClone(plan);
    const defense = find(defenses, 'defense', id);
    expect(Object.keys(options)).toEqual(Object.keys(defense.params)); // every option has its effect below
    expect(defense.onTraining?.(plan, options)).toEqual({ ...before, ...changed });
    expect(plan).toEqual(before);
  });

  it.each(Object.keys(changes))('does something when nobody says how much: %s', (id) => {
    const { onTraining, params } = find(defenses, 'defense', id);
    expect(onTraining?.(plan, initialValues(params))).not.toEqual(plan);
  });

  it('joins with others, each in its own fields', () => {
    const all = Object.entries(changes).reduce(
      (joined, [id, [options]]) => find(defenses, 'defense', id).onTraining?.(joined, options) ?? joined,
      plan,
    );
    expect(all).toEqual(Object.assign({}, plan, ...Object.values(changes).map(([, changed]) => changed)));
  });
});

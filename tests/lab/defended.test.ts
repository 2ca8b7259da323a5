/**
 * Defenses against the undefended lane, paired by seed, beside the same comparison in PyTorch (`reference/defenses.json`). What is
 * asserted is what the independent figure shows, not what the name of a defense promises.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/defenses.json' with { type: 'json' };
import { numberOf, pairedInterval, type ReferenceFigure, runOf, welchBound } from './experiments.ts';

const seeds = [1, 2, 3, 4];
/** Small and overfitted; the experiment of `reference/defenses.py`. */
const overfitted = {
  data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 500 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
};

interface Change {
  readonly changes: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** The undefended AUC of each attack, seed by seed: run once, compared with every defense. */
const undefended = new Map<string, number[]>();

/** Each defense's paired change of AUC over the seeds. */
async function compared(attack: object, defenses: readonly { id: string }[]): Promise<Record<string, Change>> {
  const name = JSON.stringify(attack);
  if (!undefended.has(name)) undefended.set(name, (await aucsOf(attack, [[]]))[0] as number[]);
  const before = undefended.get(name) as number[];
  const after = await aucsOf(
    attack,
    defenses.map((defense) => [defense]),
  );
  return Object.fromEntries(
    defenses.map(({ id }, i) => {
      const own = after[i] as number[];
      const [low, high] = pairedInterval(own, before);
      const changes = own.map((auc, seed) => auc - (before[seed] as number));
      console.log(
        `${name} ${id}: ${mean(before).toFixed(3)} → ${mean(own).toFixed(3)}, change [${low.toFixed(3)}, ${high.toFixed(3)}]`,
      );
      return [id, { changes, low, high }];
    }),
  );
}

/** AUCs of lanes with these defenses, `[lane][seed]`. */
async function aucsOf(attack: object, defenses: readonly (readonly object[])[]): Promise<number[][]> {
  const lanes = defenses.map((list, i) => ({ name: `lane ${i}`, defenses: list }));
  const aucs: number[][] = lanes.map(() => []);
  for (const seed of seeds) {
    const result = await runOf({ ...overfitted, attack, lanes, seed });
    for (const [lane, metrics] of result.lanes.entries()) aucs[lane]?.push(numberOf(metrics, 'auc'));
  }
  return aucs;
}

/** The mean change here and in PyTorch, within what both spreads allow. */
function expectAgreement(change: Change | undefined, figure: ReferenceFigure) {
  if (!change) throw new Error('this defense was not run');
  expect(Math.abs(mean(change.changes) - figure.mean)).toBeLessThan(welchBound(change.changes, figure));
}

describe('defenses of training, against LiRA', () => {
  const figures = reference.lira;
  let changeOf: Record<string, Change> = {};

  beforeAll(async () => {
    const attack = { id: 'lira', shadowModels: 8 };
    const first = [{ id: 'label-smoothing' }, { id: 'dropout' }, { id: 'weight-decay' }]; // at most four lanes a run
    const second = [{ id: 'early-stopping', epochs: 3 }, { id: 'relax-loss' }, { id: 'distillation' }];
    changeOf = { ...(await compared(attack, first)), ...(await compared(attack, second)) };
  }, 600_000);

  it('label smoothing raises it: a false friend', () => {
    expect(changeOf['label-smoothing']?.low).toBeGreaterThan(0);
    expectAgreement(changeOf['label-smoothing'], figures.label_smoothing.auc_change);
  });
  it('dropout changes next to nothing', () => expectAgreement(changeOf.dropout, figures.dropout.auc_change));
  it('weight decay changes next to nothing', () => {
    expect(Math.abs(mean(changeOf['weight-decay']?.changes ?? []))).toBeLessThan(0.005); // PyTorch: 0.001 ± 0.001
  });
  it('early stopping lowers it', () => {
    expect(changeOf['early-stopping']?.high).toBeLessThan(0);
    expectAgreement(changeOf['early-stopping'], figures.early_stopping.auc_change);
  });
  it('RelaxLoss lowers it', () => {
    expect(changeOf['relax-loss']?.high).toBeLessThan(0);
    expectAgreement(changeOf['relax-loss'], figures.relax_loss.auc_change);
  });
  it('distillation lowers it', () => {
    expect(changeOf.distillation?.high).toBeLessThan(0);
    expectAgreement(changeOf.distillation, figures.distillation.auc_change);
  });
});

describe('defenses of answers, against the loss threshold', () => {
  const figures = reference.loss_threshold;
  let changeOf: Record<string, Change> = {};

  beforeAll(async () => {
    const defenses = [{ id: 'labels-only' }, { id: 'output-rounding', decimals: 1 }, { id: 'top-k', k: 1 }, { id: 'memguard' }];
    changeOf = await compared({ id: 'loss-threshold' }, defenses);
  }, 300_000);

  it('labels only lower it to what the gap between accuracies tells', () => {
    expect(changeOf['labels-only']?.high).toBeLessThan(0);
    expectAgreement(changeOf['labels-only'], figures.labels_only.auc_change);
  });
  it('one decimal raises it: it blurs how easy an example is, not whether it was seen', () => {
    expect(changeOf['output-rounding']?.low).toBeGreaterThan(0);
    expectAgreement(changeOf['output-rounding'], figures.rounding_1.auc_change);
  });
  it('the top class alone changes nothing where that class is the right one', () => {
    for (const change of changeOf['top-k']?.changes ?? [1]) expect(Math.abs(change)).toBeLessThan(0.01);
    expect(figures.top_1.auc_change.mean).toBe(0);
  });
  it('MemGuard hardly changes it: what it leaves is whether the model is right', () => {
    expectAgreement(changeOf.memguard, figures.memguard.auc_change);
  });
});

it('labels only does not stop the attack that needs only labels', async () => {
  const changeOf = await compared({ id: 'label-only', copies: 8 }, [{ id: 'labels-only' }]);
  expect(changeOf['labels-only']?.changes).toEqual(seeds.map(() => 0)); // it asks for labels anyway: the same answers
});

it('MemGuard takes from LiRA what sits in the scores', async () => {
  const changeOf = await compared({ id: 'lira', shadowModels: 4 }, [{ id: 'memguard' }]);
  expect(changeOf.memguard?.high).toBeLessThan(0);
});

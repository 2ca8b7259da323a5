/**
 * Defenses against the undefended lane, paired by seed. Each test asserts what an independent figure shows, not what the name of the
 * defense promises: label smoothing and dropout make members easier to find, weight decay changes nothing
 * (PyTorch, on the experiment of `reference/membership.json`: 0.705 → 0.791, 0.731, no change; stopping at 5 epochs 0.591).
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { type Metrics, numberOf, pairedInterval, runOf } from './experiments.ts';

const seeds = [1, 2, 3, 4, 5];
/** Small and overfitted, as the page's default scenario. */
const overfitted = {
  data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 500 },
  model: { id: 'mlp', hidden: [64] },
  training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
};

/** Runs each lane beside the undefended one at every seed, and answers with each lane's paired change of AUC. */
async function compared(attack: object, defenses: readonly object[]) {
  const lanes = [
    { name: 'undefended', defenses: [] as object[] },
    ...defenses.map((defense, i) => ({ name: `defended ${i}`, defenses: [defense] })),
  ];
  const runs: (readonly Metrics[])[] = [];
  for (const seed of seeds) runs.push((await runOf({ ...overfitted, attack, lanes, seed })).lanes);
  const aucs = lanes.map((_, lane) => runs.map((run) => numberOf(run[lane], 'auc')));
  const accuracies = lanes.map((_, lane) => mean(runs.map((run) => numberOf(run[lane], 'testAccuracy'))));
  const changes = defenses.map((defense, i) => {
    const [low, high] = pairedInterval(aucs[i + 1] as number[], aucs[0] as number[]);
    console.log(
      `${JSON.stringify(attack)} ${JSON.stringify(defense)}: AUC ${mean(aucs[0] as number[]).toFixed(3)} → ${mean(aucs[i + 1] as number[]).toFixed(3)}, change [${low.toFixed(3)}, ${high.toFixed(3)}], test accuracy ${accuracies[0]?.toFixed(3)} → ${accuracies[i + 1]?.toFixed(3)}`,
    );
    return { low, high };
  });
  return { changes, accuracies };
}

describe('defenses of training, against LiRA', () => {
  const of: Record<string, { low: number; high: number }> = {};

  beforeAll(async () => {
    const lira = { id: 'lira', shadowModels: 8 };
    const first = [{ id: 'label-smoothing' }, { id: 'dropout' }, { id: 'weight-decay' }];
    const second = [{ id: 'early-stopping', epochs: 3 }, { id: 'relax-loss' }, { id: 'distillation' }];
    for (const group of [first, second]) {
      const { changes } = await compared(lira, group);
      group.forEach(({ id }, i) => {
        of[id] = changes[i] as { low: number; high: number };
      });
    }
  }, 600_000);

  it('label smoothing raises it: a false friend', () => expect(of['label-smoothing']?.low).toBeGreaterThan(0));
  it('dropout does not lower it: a false friend', () => expect(of.dropout?.high).toBeGreaterThan(0));
  it('weight decay changes nothing that five seeds can see', () => {
    expect(of['weight-decay']?.low).toBeLessThanOrEqual(0.01);
    expect(of['weight-decay']?.high).toBeGreaterThanOrEqual(-0.01);
  });
  it('early stopping lowers it', () => expect(of['early-stopping']?.high).toBeLessThan(0));
  it('RelaxLoss lowers it', () => expect(of['relax-loss']?.high).toBeLessThan(0));
  it('distillation lowers it', () => expect(of.distillation?.high).toBeLessThan(0));
});

describe('defenses of answers', () => {
  it('labels only and the top class lower the loss threshold to the gap between accuracies; one decimal hardly helps', async () => {
    const { changes } = await compared({ id: 'loss-threshold' }, [
      { id: 'labels-only' },
      { id: 'output-rounding', decimals: 1 },
      { id: 'top-k', k: 1 },
    ]);
    const [labelsOnly, rounding] = changes;
    expect(labelsOnly?.high).toBeLessThan(0);
    expect(rounding?.high).toBeLessThan(0);
  });

  it('labels only does not stop the attack that needs only labels', async () => {
    const { changes } = await compared({ id: 'label-only', copies: 8 }, [{ id: 'labels-only' }]);
    expect(changes[0]).toEqual({ low: 0, high: 0 }); // it asks for labels anyway: the same answers
  });

  it('MemGuard lowers the classifier on shadow models that it was made against', async () => {
    const { changes } = await compared({ id: 'shadow-classifier', shadowModels: 4 }, [{ id: 'memguard' }]);
    expect(changes[0]?.high).toBeLessThan(0);
  });
});

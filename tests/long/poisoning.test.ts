/**
 * All of poisoning against PyTorch (`reference/poisoning.json`), too long for every run: LONG=1 npx vitest run --project unit
 * tests/long/poisoning.test.ts
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/core/event.ts';
import type { Table } from '../../src/core/evidence.ts';
import { mean } from '../../src/core/statistics.ts';
import { numberOf, type ReferenceFigure, type RunResult, runOf, welchBound } from '../lab/experiments.ts';
import { poisoningExperiment as experiment } from '../lab/poisoned.ts';
import reference from '../reference/poisoning.json' with { type: 'json' };

const cnn = {
  model: { id: 'cnn', channels: 8, dense: 64 },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 10 },
};
const hour = 3_600_000;

/** Runs at several seeds. */
async function runsOf(changed: object, seeds: readonly number[]): Promise<RunResult[]> {
  const runs: RunResult[] = [];
  for (const seed of seeds) runs.push(await runOf({ ...experiment, ...changed, seed }));
  return runs;
}

const laneOf = (runs: readonly RunResult[], lane: number, name: MetricName) =>
  runs.map(({ lanes }) => numberOf(lanes[lane], name));

function expectAgreement(what: string, own: readonly number[], figure: ReferenceFigure) {
  console.log(
    `${what}: ${mean(own).toFixed(4)} (${own.map((value) => value.toFixed(3)).join(' ')}), PyTorch ${figure.mean} ± ${figure.sd}`,
  );
  expect(Math.abs(mean(own) - figure.mean), what).toBeLessThan(welchBound(own, figure));
}

/** A line of the last table of that id in a lane. */
function lineOf({ events }: RunResult, lane: number, id: string, label: number): Table['rows'][number] {
  const tables = events.filter((event) => event.type === 'evidence' && event.id === id && event.lane === lane);
  const { evidence } = tables.at(-1) as { evidence: Table };
  return evidence.rows.find(([own]) => own === label) as Table['rows'][number];
}

describe.skipIf(!process.env.LONG).each([0.01, 0.05] as const)('BadNets of rate %f and its detectors, on the MLP', (rate) => {
  const key = `mlp|${rate}` as const;
  const seeds = [1, 2, 3, 4];
  let runs: RunResult[] = [];
  beforeAll(async () => {
    const lanes = [
      { name: 'undefended', defenses: [] },
      { name: 'clustering', defenses: [{ id: 'activation-clustering', rule: 'always' }] },
      { name: 'spectral', defenses: [{ id: 'spectral-signatures', share: rate }] },
      { name: 'fine-pruning', defenses: [{ id: 'fine-pruning' }] },
    ];
    runs = await runsOf({ attack: { id: 'badnets', rate }, lanes }, seeds);
  }, hour);

  it('success', () => {
    const figures = reference.badnets[key];
    expectAgreement('success', laneOf(runs, 0, 'attackSuccessRate'), figures.asr);
    expectAgreement('clean accuracy', laneOf(runs, 0, 'cleanAccuracy'), figures.clean_acc);
  });

  it('activation clustering in the target’s class', () => {
    const figures = reference.detection_own[key];
    const found = laneOf(runs, 1, 'detectionRate');
    expectAgreement('clusters found', found, figures['actclust.tpr']);
    const poisoned = rate * 4000;
    const falsely = runs.map((run, i) => {
      const [, size, smaller] = lineOf(run, 1, 'clusters', 0) as [number, number, string];
      return (Number(smaller) * size - (found[i] as number) * poisoned) / (size - poisoned);
    });
    expectAgreement('clusters false', falsely, figures['actclust.fpr']);
    const fits = runs.map((run) => Number(lineOf(run, 1, 'clusters', 0)[3]));
    expectAgreement('silhouette', fits, figures['actclust.silhouette']);
    console.log('success after', laneOf(runs, 1, 'attackSuccessRate'), 'false alarms', laneOf(runs, 1, 'falseAlarmRate'));
  });

  it('spectral signatures', () => {
    expectAgreement('spectra found', laneOf(runs, 2, 'detectionRate'), reference.detection_own[key]['spectral.tpr_remove1.5x']);
    console.log('success after', laneOf(runs, 2, 'attackSuccessRate'), 'false alarms', laneOf(runs, 2, 'falseAlarmRate'));
  });

  // On shuffled digits PyTorch loses a little more than on its one split: .012 ± .010 at 5 % rather than nothing.
  it('fine-pruning leaves the backdoor in', () => {
    const figures = reference.fine_pruning[key];
    expectAgreement('success after fine-pruning', laneOf(runs, 3, 'attackSuccessRate'), figures['finetuned.asr']);
    expectAgreement('accuracy after fine-pruning', laneOf(runs, 3, 'cleanAccuracy'), figures['finetuned.acc']);
  });
});

describe.skipIf(!process.env.LONG)('label flips', () => {
  const seeds = [1, 2, 3, 4];
  it.each([0.1, 0.4] as const)(
    'targeted, of %f of the sevens',
    async (rate) => {
      const figures = reference.label_flip[`targeted_7to1|${rate}`];
      const runs = await runsOf({ attack: { id: 'label-flip', mode: 'targeted', rate } }, seeds);
      expectAgreement('sevens as ones', laneOf(runs, 0, 'attackSuccessRate'), figures.seven_as_one);
      expectAgreement('accuracy', laneOf(runs, 0, 'cleanAccuracy'), figures.acc);
    },
    hour,
  );

  it.each([0.1, 0.4] as const)(
    'at random, of %f of all',
    async (rate) => {
      const runs = await runsOf({ attack: { id: 'label-flip', mode: 'random', rate } }, seeds);
      expectAgreement('accuracy', laneOf(runs, 0, 'cleanAccuracy'), reference.label_flip[`random|${rate}`].acc);
    },
    hour,
  );
});

describe.skipIf(!process.env.LONG).each(['mlp|0.0', 'mlp|0.05'] as const)('Neural Cleanse, %s', (key) => {
  it(
    'finds triggers of PyTorch’s sizes',
    async () => {
      const attack = { id: 'badnets', rate: Number(key.split('|')[1]) };
      const runs = await runsOf({ attack, lanes: [{ name: 'cleansed', defenses: [{ id: 'neural-cleanse' }] }] }, [1, 2, 3]);
      const table = reference.neural_cleanse[key].l1_per_class;
      for (let label = 0; label < 10; label++) {
        const theirs = table.map((sizes) => sizes[label] as number);
        const own = runs.map((run) => Number(lineOf(run, 0, 'trigger sizes', label)[1]));
        console.log(`class ${label}:`, own.join(' '), 'PyTorch', theirs.join(' '));
        // Their digits are the same at every seed and ours are not: on shuffled ones PyTorch too finds 70 to 90 for class 1.
        expect(Math.abs(mean(own) / mean(theirs) - 1)).toBeLessThan(0.35);
      }
      const flags = runs.map((run) =>
        Array.from({ length: 10 }, (_, label) => (lineOf(run, 0, 'trigger sizes', label)[3] === '' ? 0 : 1)),
      );
      const expected = attack.rate === 0 ? new Array(10).fill(0) : [1, ...new Array(9).fill(0)];
      for (const own of flags) expect(own).toEqual(expected);
      console.log('success after', laneOf(runs, 0, 'attackSuccessRate'), 'accuracy', laneOf(runs, 0, 'cleanAccuracy'));
    },
    hour,
  );
});

describe.skipIf(!process.env.LONG).each([0.01, 0.05] as const)('BadNets of rate %f on the CNN', (rate) => {
  it(
    'succeeds, and clustering finds it or not, as in PyTorch',
    async () => {
      const key = `cnn|${rate}` as const;
      const lanes = [{ name: 'clustering', defenses: [{ id: 'activation-clustering', rule: 'always' }] }];
      const attack = { id: 'badnets', rate };
      const seeds = [1, 2, 3];
      const plain = await runsOf({ ...cnn, attack }, seeds);
      expectAgreement('success', laneOf(plain, 0, 'attackSuccessRate'), reference.badnets[key].asr);
      expectAgreement('clean accuracy', laneOf(plain, 0, 'cleanAccuracy'), reference.badnets[key].clean_acc);
      const runs = await runsOf({ ...cnn, attack, lanes }, seeds);
      expectAgreement('clusters found', laneOf(runs, 0, 'detectionRate'), reference.detection_own[key]['actclust.tpr']);
    },
    hour,
  );
});

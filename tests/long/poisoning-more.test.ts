/**
 * Poisoning against `reference/poisoning-more.json`, made from the papers in PyTorch: blended, clean-label, votes of partitions, STRIP,
 * unlearning. Too long for every run: LONG=1 npx vitest run --project unit tests/long/poisoning-more.test.ts
 */
import { describe, expect, it } from 'vitest';
import type { MetricName } from '../../src/core/event.ts';
import { mean } from '../../src/core/statistics.ts';
import { type Metrics, numberOf, type ReferenceFigure, runOf, welchBound } from '../lab/experiments.ts';
import { poisoningExperiment as experiment } from '../lab/poisoned.ts';
import figures from '../reference/poisoning-more.json' with { type: 'json' };

const reference = figures as unknown as Record<string, Record<string, Record<string, ReferenceFigure>>>;
const hour = 3_600_000;

async function lanesOf(changed: object, seeds: readonly number[]): Promise<Metrics[][]> {
  const runs: Metrics[][] = [];
  for (const seed of seeds) runs.push([...(await runOf({ ...experiment, ...changed, seed })).lanes]);
  return runs;
}

/** One metric of one lane over the seeds, beside the figure. */
function expectAgreement(
  runs: readonly Metrics[][],
  lane: number,
  name: MetricName,
  section: string,
  entry: string,
  figure: string,
) {
  const own = runs.map((lanes) => numberOf(lanes[lane], name));
  const theirs = reference[section]?.[entry]?.[figure];
  if (!theirs) throw new Error(`no ${section}/${entry} ${figure} in the reference`);
  const shown = own.map((value) => value.toFixed(3)).join(' ');
  console.log(
    `${entry} ${figure}: ${mean(own).toFixed(4)} (${shown}), PyTorch ${theirs.mean.toFixed(4)} ± ${theirs.sd.toFixed(4)}`,
  );
  expect(Math.abs(mean(own) - theirs.mean)).toBeLessThanOrEqual(welchBound(own, theirs));
}

const seeds = [1, 2, 3, 4];
const lane = (...defenses: object[]) => ({ name: `${JSON.stringify(defenses)}`.slice(-40), defenses });

describe.skipIf(!process.env.LONG)('poisoning beside PyTorch', () => {
  it.each([0.01, 0.05])(
    'blended, of rate %f',
    async (rate) => {
      const runs = await lanesOf({ attack: { id: 'blended', rate } }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'mlp', `blended_0.2|${rate}`, 'attack_success');
      expectAgreement(runs, 0, 'cleanAccuracy', 'mlp', `blended_0.2|${rate}`, 'clean_accuracy');
    },
    hour,
  );

  it(
    'blended more faintly than it is sprung',
    async () => {
      const runs = await lanesOf({ attack: { id: 'blended', rate: 0.01, opacity: 0.1, sprung: 0.2 } }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'mlp', 'blended_0.1|0.01', 'attack_success_tested_at_0.2');
    },
    hour,
  );

  it.each(['badnets', 'blended'])(
    'STRIP against %s',
    async (id) => {
      const lanes = [0.01, 0.05].map((falseAlarms) => lane({ id: 'strip', overlays: 50, falseAlarms }));
      const runs = await lanesOf({ attack: { id, rate: 0.05 }, lanes }, seeds);
      const entry = `${id === 'blended' ? 'blended_0.2' : id}|0.05|additive`;
      for (const [i, rejected] of [0.01, 0.05].entries()) {
        expectAgreement(runs, i, 'detectionRate', 'strip_mlp', entry, `detected_at_${rejected}`);
        expectAgreement(runs, i, 'falseAlarmRate', 'strip_mlp', entry, `false_alarms_at_${rejected}`);
      }
    },
    hour,
  );

  it(
    'BadNets with as many covers as poison',
    async () => {
      const runs = await lanesOf({ attack: { id: 'badnets', rate: 0.05, covers: 1 } }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'covers', 'any_covered|0.05', 'success');
    },
    hour,
  );

  it.each([10, 50])(
    '%d partitions',
    async (partitions) => {
      const training = { ...experiment.training, epochs: 40 };
      const lanes = [lane({ id: 'partition-aggregation', partitions })];
      for (const rate of [0.01, 0.05]) {
        const runs = await lanesOf({ training, attack: { id: 'badnets', rate }, lanes }, seeds);
        expectAgreement(runs, 0, 'attackSuccessRate', 'partition_aggregation', `${partitions}|${rate}`, 'attack_success');
        expectAgreement(runs, 0, 'cleanAccuracy', 'partition_aggregation', `${partitions}|${rate}`, 'accuracy');
      }
    },
    hour,
  );

  it(
    'Neural Cleanse unlearns what it found',
    async () => {
      const lanes = [lane({ id: 'neural-cleanse' })];
      const runs = await lanesOf({ attack: { id: 'badnets', rate: 0.05 }, lanes }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'neural_cleanse', '0.05', 'unlearned.success');
      expectAgreement(runs, 0, 'cleanAccuracy', 'neural_cleanse', '0.05', 'unlearned.accuracy');
    },
    hour,
  );

  it(
    'feature collision, twenty pictures a target',
    async () => {
      // There each target has a victim of its own and the last layer begins afresh; here five share one, and it begins with the public one.
      const data = { ...experiment.data, population: 3500 };
      const training = { ...experiment.training, transfer: true };
      const attack = { id: 'feature-collision', rate: 0.025, targets: 5 };
      const runs = await lanesOf({ data, training, attack }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'feature_collision', 'opacity_0|head_1e-3_20|20', 'success');
    },
    hour,
  );

  it.each([0.25, 0.5, 0.75])(
    'gradient matching, pixels changed by at most %f',
    async (bound) => {
      const data = { ...experiment.data, population: 500 };
      const seeds = Array.from({ length: 18 }, (_, i) => i + 1); // one target a seed, thirty there
      const runs = await lanesOf({ data, attack: { id: 'gradient-matching', rate: 0.05, bound } }, seeds);
      expectAgreement(runs, 0, 'attackSuccessRate', 'gradient_matching', `0.05|${bound}`, 'success');
    },
    hour,
  );
});

/** Who was in the training data: areas, rates, and the scores of attacks. */
import { liraScores } from '../attacks/model-to-data/lira.ts';
import { offlineAverage, rmiaScores } from '../attacks/model-to-data/rmia.ts';
import { aucOf, rocOf, tprAtFpr } from '../metrics/roc.ts';
import { against, type Check } from './check.ts';
import { references } from './references.ts';

const family = 'Membership inference';

/** Asked for by whoever compares with TensorFlow Privacy. */
const digits = 'the scores are to be the same to six decimals; what is left over is rounding';

/** Confidences of 32 shadow models and a target on 400 examples, which TensorFlow Privacy and Privacy Meter were given too. */
async function confidences() {
  const { default: given } = await references['lira_fixture_inputs.json']();
  const others = <T>(rows: readonly T[]) => rows.filter((_, model) => model !== given.target_index);
  const scores = given.scores.map((row) => Float64Array.from(row));
  return {
    target: scores[given.target_index] as Float64Array,
    isMember: given.keep[given.target_index] as number[],
    shadows: others(scores),
    sees: others(given.keep),
    population: given.rmia_population_logit_scores.map(probabilities),
    targetIndex: given.target_index,
  };
}

const probabilities = (logits: ArrayLike<number>) => Float64Array.from(logits, (logit) => 1 / (1 + Math.exp(-logit)));

const rates = (scores: Float64Array, isMember: readonly number[]) => {
  const roc = rocOf(scores, isMember);
  return { auc: aucOf(scores, isMember).value, at1: tprAtFpr(roc, 0.01), at10: tprAtFpr(roc, 0.1) };
};

async function lira(variance: 'per-example' | 'fixed') {
  const { target, shadows, sees, isMember } = await confidences();
  const scores = liraScores(target, shadows, sees, { mode: 'online', variance });
  return { scores, ...rates(scores, isMember) };
}

const negative = (scores: readonly number[]) => scores.map((score) => -score);

export const membershipChecks: readonly Check[] = [
  against('auc_ties.json', {
    id: 'auc-ties',
    family,
    says: 'The area under a ROC of 60 scores with many ties, and the rates at 10 % and 1 % false alarms.',
    source: 'scikit-learn',
    allowed: { within: 1e-14, of: 'difference', because: 'rounding of one division' },
    ours: ({ score, member }) => {
      const { auc, at10, at1 } = rates(Float64Array.from(score), member);
      return [auc, at10, at1];
    },
    theirs: ({ auc, tpr_at_10pct, tpr_at_1pct }) => [auc, tpr_at_10pct, tpr_at_1pct],
  }),
  against('metrics.json', {
    id: 'delong',
    family,
    says: 'DeLong’s standard error of that area, which its interval is made of.',
    source: 'all pairs one by one, in NumPy',
    allowed: { within: 1e-13, of: 'difference', because: 'rounding of sums over up to 1,500 pairs' },
    ours: ({ delong }) =>
      delong.flatMap(({ members, others }) => {
        const isMember = [...members.map(() => 1), ...others.map(() => 0)];
        const { value, standardError } = aucOf([...members, ...others], isMember);
        return [value, standardError];
      }),
    theirs: ({ delong }) => delong.flatMap(({ auc, standardError }) => [auc, standardError]),
  }),
  against('lira_reference.json', {
    id: 'lira-online',
    family,
    says: 'LiRA online with 32 shadow models: the scores of 400 examples, AUC, and members caught at 1 % and 10 % false alarms.',
    source: 'LiRA’s authors’ own script, TensorFlow Privacy 03035d5',
    allowed: { within: 1e-6, of: 'difference', because: digits },
    ours: async () => {
      const { scores, auc, at1, at10 } = await lira('per-example');
      return [...scores, auc, at1, at10];
    },
    theirs: ({ results: { lira_online: found } }) => [
      ...negative(found.predictions), // its sign is the other way round
      ...[found.auc, found.tpr_at_1pct, found.tpr_at_10pct],
    ],
  }),
  against('lira_reference.json', {
    id: 'lira-fixed',
    family,
    says: 'LiRA online with one variance for all examples: the first ten scores, AUC, and members caught at 1 % false alarms.',
    source: 'TensorFlow Privacy 03035d5',
    allowed: { within: 1e-6, of: 'difference', because: digits },
    ours: async () => {
      const { scores, auc, at1 } = await lira('fixed');
      return [...scores.slice(0, 10), auc, at1];
    },
    theirs: ({ results: { tfprivacy_compute_score_lira_both_fix1: found } }) => [
      ...negative(found.first10),
      ...[found.auc, found.tpr_at_1pct],
    ],
  }),
  against('lira_reference.json', {
    id: 'rmia',
    family,
    says: 'RMIA offline at three settings of a: ten scores each, AUC, and members caught at 1 % false alarms.',
    source: 'Privacy Meter e384af8',
    allowed: { within: 1e-6, of: 'difference', because: 'scores are shares of 300: one that fell otherwise would show as 0.003' },
    ours: async () => {
      const { target, shadows, sees, isMember, population, targetIndex } = await confidences();
      const answers = shadows.map(probabilities);
      const others = population.filter((_, model) => model !== targetIndex);
      return [0, 0.3, 1].flatMap((a) => {
        const average = { candidates: offlineAverage(answers, sees, a), population: offlineAverage(others, [], a) };
        const own = { candidates: probabilities(target), population: population[targetIndex] as Float64Array };
        const scores = rmiaScores(own, average, 1);
        const { auc, at1 } = rates(scores, isMember);
        return [...scores.slice(0, 10), auc, at1];
      });
    },
    theirs: ({ results }) =>
      [results['rmia_offline_a_0.0'], results['rmia_offline_a_0.3'], results['rmia_offline_a_1.0']].flatMap((found) => [
        ...found.first10,
        ...[found.auc, found.tpr_at_1pct],
      ]),
  }),
];

/**
 * The likelihood-ratio attack. For each candidate, shadow models that saw it and shadow models that did not give two
 * distributions of confidence; the target's own confidence is likelier under one of them. It finds the few examples that a model
 * has truly memorised, where a loss threshold only finds easy ones.
 */
import { defineAttack } from '../../core/attack.ts';
import { choice, count } from '../../core/params.ts';
import { logNormalDensity, mean, median, variance as varianceOf } from '../../core/statistics.ts';
import { augmentations, shiftsRefusal } from './augment.ts';
import { complementaryHalves, inRounds, shadowModelsParam } from './shadow-models.ts';
import { logitConfidences } from './signals.ts';

export const liraModes = ['online', 'offline'] as const;
export const liraVariances = ['fixed', 'per-example'] as const;

export interface LiraOptions {
  /**
   * `offline` asks, as the paper does, how unusually sure the model is for one that has not seen the example. `offline-density`, as
   * the code of TF Privacy does, asks how unusual its confidence is, also where it is unusually unsure: the weaker attack
   * (AUC 0.57 instead of 0.67 on digits), kept to score files as that code does.
   */
  readonly mode: (typeof liraModes)[number] | 'offline-density';
  readonly variance: (typeof liraVariances)[number];
}

/**
 * Scores from confidences (Carlini et al. 2022, algorithm 1; centred by the median as in the authors' code).
 * @param target φ of each example on the model under attack
 * @param shadows φ of each example on each shadow model, `[model][example]`
 * @param sees 1 where that shadow model was trained on that example
 * @returns online: ln of the likelihood ratio; offline: how many deviations φ lies above the models without the example, or minus
 * ln of their density. Higher: likelier a member
 */
export function liraScores(
  target: Float64Array,
  shadows: readonly Float64Array[],
  sees: readonly ArrayLike<number | boolean>[],
  { mode, variance }: LiraOptions,
): Float64Array<ArrayBuffer> {
  const withIt = groupOf(target.length, shadows, sees, true, variance);
  const withoutIt = groupOf(target.length, shadows, sees, false, variance);
  return Float64Array.from(target, (phi, i) => {
    const [centre, deviation] = [withoutIt.centres[i] as number, withoutIt.deviations[i] as number];
    if (mode === 'offline') return (phi - centre) / deviation;
    const without = logNormalDensity(phi, centre, deviation);
    if (mode === 'offline-density') return -without;
    return logNormalDensity(phi, withIt.centres[i] as number, withIt.deviations[i] as number) - without;
  });
}

/** Centre and deviation of each example's confidences among the models that saw it, or among those that did not. */
function groupOf(
  examples: number,
  shadows: readonly Float64Array[],
  sees: readonly ArrayLike<number | boolean>[],
  seen: boolean,
  variance: LiraOptions['variance'],
) {
  const centres = new Float64Array(examples);
  const deviations = new Float64Array(examples);
  const pooled: number[] = [];
  for (let i = 0; i < examples; i++) {
    const phis = shadows.filter((_, k) => Boolean(sees[k]?.[i]) === seen).map((shadow) => shadow[i] as number);
    const centre = median(phis);
    centres[i] = centre;
    if (variance === 'fixed') for (const phi of phis) pooled.push(phi - centre);
    else deviations[i] = Math.sqrt(varianceOf(phis, 0));
  }
  // Few shadow models say little about one example's spread; all examples together say much about the usual one.
  if (variance === 'fixed') deviations.fill(Math.sqrt(varianceOf(pooled, 0)));
  return { centres, deviations: deviations.map((deviation) => deviation + 1e-30) }; // TF Privacy's guard against 0
}

export default defineAttack({
  id: 'lira',
  title: 'Likelihood-ratio attack (LiRA)',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Trains shadow models with and without each candidate, and asks under which of the two the model’s confidence is likelier.',
  paper: {
    title: 'Membership Inference Attacks From First Principles',
    authors: 'Carlini, Chien, Nasr, Song, Terzis, Tramèr',
    venue: 'S&P',
    year: 2022,
    arxiv: '2112.03570',
  },
  access: 'probabilities',
  brings: 'membership',
  knows: ['candidates', 'recipe'],
  params: {
    shadowModels: shadowModelsParam(16),
    mode: choice({
      label: 'Mode',
      says: 'Online compares models that saw a candidate with models that did not; offline uses only the latter.',
      choices: liraModes,
      initial: 'online',
    }),
    variance: choice({
      label: 'Variance',
      says: 'One variance for all examples is steadier with few shadow models; one for each example pays from about 64.',
      choices: liraVariances,
      initial: 'fixed',
    }),
    queries: count({
      label: 'Augmented queries',
      says: 'Also asks about shifted copies of each picture; the scores are averaged.',
      min: 1,
      max: 9,
      step: 1,
      initial: 1,
    }),
  },
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  refuses: ({ queries }, { shape }) => (queries > 1 ? shiftsRefusal(shape) : undefined),
  async *run(target, { shadowModels, mode, variance, queries }, context) {
    const { candidates, random, shape } = context;
    const views = augmentations(candidates.inputs, shape, queries);
    const targetPhis: Float64Array[] = [];
    for (const view of views) targetPhis.push(logitConfidences(await target.probabilities(view), candidates.labels));

    const design = complementaryHalves(candidates.count, shadowModels, random.stream('design'));
    const shadowPhis: Float64Array[][] = views.map(() => []); // [view][model]
    let scores = new Float64Array(candidates.count);
    for await (const event of inRounds(design, context)) {
      if (event.type !== 'round') {
        yield event;
        continue;
      }
      for (const [v, view] of views.entries()) {
        const answers = await event.models.probabilities(view);
        for (const answer of answers) shadowPhis[v]?.push(logitConfidences(answer, candidates.labels));
      }
      // Each view has its own distributions; their log-ratios are averaged.
      const perView = views.map((_, v) =>
        liraScores(targetPhis[v] as Float64Array, shadowPhis[v] as Float64Array[], design.sees, { mode, variance }),
      );
      scores = scores.map((_, i) => mean(perView.map((viewScores) => viewScores[i] as number)));
      yield { type: 'artefact', artefact: { kind: 'membership', scores } };
    }
    return { kind: 'membership', scores };
  },
});

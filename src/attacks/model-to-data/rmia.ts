/**
 * Robust membership inference. How much likelier does the model find the candidate than models in general do, and for what share
 * of other points is that less so? Comparing with the population makes it strong with few shadow models.
 */
import { defineAttack } from '../../core/attack.ts';
import { choice, range } from '../../core/params.ts';
import { mean } from '../../core/statistics.ts';
import { complementaryHalves, inRounds, shadowModelsParam } from './shadow-models.ts';
import { confidences } from './signals.ts';

/**
 * Scores from confidences (Zarifzadeh et al. 2024, equations 9 to 11).
 * @param target p_y of each candidate and of each population point z on the model under attack
 * @param average what models in general give each of them: an estimate of p(x) and p(z)
 * @returns the share of the population over which a candidate's ratio wins by more than `gamma`
 */
export function rmiaScores(
  target: { readonly candidates: Float64Array; readonly population: Float64Array },
  average: { readonly candidates: Float64Array; readonly population: Float64Array },
  gamma: number,
): Float64Array<ArrayBuffer> {
  const ratios = (p: Float64Array, by: Float64Array) => p.map((value, i) => value / Math.max(1e-30, by[i] as number));
  const ofPopulation = ratios(target.population, average.population).sort();
  return ratios(target.candidates, average.candidates).map((ratio) => {
    let [low, high] = [0, ofPopulation.length]; // how many z have ratio_x / ratio_z > gamma
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ratio / (ofPopulation[middle] as number) > gamma) low = middle + 1;
      else high = middle;
    }
    return low / ofPopulation.length;
  });
}

/**
 * Offline, p(x) is guessed from models that never saw x: ½ ((1 + a) · p_out(x) + 1 − a), appendix B.2.2 of the paper.
 *
 * p_out averages half as many models as there are, the surest ones, and counts a model that is missing to that number as 0.
 * That is how the authors' Privacy Meter does it, where on average half of the models have seen an example; our own scores
 * are to be comparable with theirs.
 * @param sees 1 where that model was trained on that example; leave a model's row empty for points that none has seen
 */
export function offlineAverage(
  shadows: readonly Float64Array[],
  sees: readonly ArrayLike<number | boolean>[],
  a: number,
): Float64Array<ArrayBuffer> {
  const kept = Math.max(1, shadows.length >> 1);
  return Float64Array.from(shadows[0] as Float64Array, (_, i) => {
    const without = shadows.filter((_shadow, k) => !sees[k]?.[i]).map((shadow) => shadow[i] as number);
    const surest = Float64Array.from(without).sort().reverse().slice(0, kept);
    return ((1 + a) * (surest.reduce((sum, p) => sum + p, 0) / kept) + 1 - a) / 2;
  });
}

/** Online, p(x) is the mean over all models, half of which have seen x. */
export function onlineAverage(shadows: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  return Float64Array.from(shadows[0] as Float64Array, (_, i) => mean(shadows.map((shadow) => shadow[i] as number)));
}

export default defineAttack({
  id: 'rmia',
  title: 'Robust membership inference (RMIA)',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Asks how much surer the model is of a candidate than models in general are, and compares that with other points of the population.',
  paper: {
    title: 'Low-Cost High-Power Membership Inference Attacks',
    authors: 'Zarifzadeh, Liu, Shokri',
    venue: 'ICML',
    year: 2024,
    arxiv: '2312.03262',
  },
  access: 'probabilities',
  brings: 'membership',
  knows: ['candidates', 'population', 'recipe'],
  params: {
    shadowModels: shadowModelsParam(16),
    mode: choice({
      label: 'Mode',
      says: 'Online uses models that saw a candidate and models that did not; offline only the latter.',
      choices: ['online', 'offline'],
      initial: 'online',
    }),
    a: range({
      label: 'a',
      says: 'Offline: how models that saw an example are guessed from those that did not; 1 means that they are alike.',
      min: 0,
      max: 1,
      step: 0.1,
      initial: 0.3,
    }),
    gamma: range({
      label: 'γ',
      says: 'By how much a candidate must win over a population point.',
      min: 0.1,
      max: 10,
      step: 0.1,
      initial: 1,
    }),
  },
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  async *run(target, { shadowModels, mode, a, gamma }, context) {
    const { candidates, population, random } = context;
    const answers = {
      candidates: confidences(await target.probabilities(candidates.inputs), candidates.labels),
      population: confidences(await target.probabilities(population.inputs), population.labels),
    };
    const design = complementaryHalves(candidates.count, shadowModels, random.stream('design'));
    const onCandidates: Float64Array[] = [];
    const onPopulation: Float64Array[] = [];
    let scores = new Float64Array(candidates.count);
    for await (const event of inRounds(design, context)) {
      if (event.type !== 'round') {
        yield event;
        continue;
      }
      for (const answer of await event.models.probabilities(candidates.inputs))
        onCandidates.push(confidences(answer, candidates.labels));
      for (const answer of await event.models.probabilities(population.inputs))
        onPopulation.push(confidences(answer, population.labels));
      const average =
        mode === 'online'
          ? { candidates: onlineAverage(onCandidates), population: onlineAverage(onPopulation) }
          : { candidates: offlineAverage(onCandidates, design.sees, a), population: offlineAverage(onPopulation, [], a) };
      scores = rmiaScores(answers, average, gamma);
      yield { type: 'artefact', artefact: { kind: 'membership', scores } };
    }
    return { kind: 'membership', scores };
  },
});

/**
 * The first membership inference attack: train models of your own where you know who was in, and let a classifier learn from
 * their answers what members look like.
 */
import type { Probabilities } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { type Examples, oneHot } from '../../core/examples.ts';
import { count } from '../../core/params.ts';
import { mean, variance } from '../../core/statistics.ts';
import { complementaryHalves, inRounds, shadowModelsParam } from './shadow-models.ts';
import { logitConfidences } from './signals.ts';

/** How many of the other classes' probabilities the classifier sees, largest first. */
const others = 3;

export default defineAttack({
  id: 'shadow-classifier',
  title: 'Shadow-model classifier',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Trains shadow models on other data, and a classifier on their answers that learns what an answer about a member looks like.',
  paper: {
    title: 'Membership Inference Attacks Against Machine Learning Models',
    authors: 'Shokri, Stronati, Song, Shmatikov',
    venue: 'S&P',
    year: 2017,
    arxiv: '1610.05820',
  },
  access: 'probabilities',
  brings: 'membership',
  knows: ['candidates', 'population', 'recipe'],
  params: {
    shadowModels: shadowModelsParam(4),
    epochs: count({
      label: 'Epochs of the classifier',
      says: 'Passes over the shadow models’ answers.',
      min: 1,
      max: 100,
      step: 1,
      initial: 10,
    }),
  },
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  async *run(target, { shadowModels, epochs }, context) {
    const { candidates, population, random } = context;
    const design = complementaryHalves(population.count, shadowModels, random.stream('design'));
    const features: Float32Array[] = [];
    const memberships: number[] = [];
    for await (const event of inRounds(design, { ...context, candidates: population })) {
      if (event.type !== 'round') {
        yield event;
        continue;
      }
      for (const [k, answers] of (await event.models.probabilities(population.inputs)).entries()) {
        features.push(...featuresOf(answers, population));
        memberships.push(...(design.sees[event.first + k] as Uint8Array));
      }
    }
    const scale = standardisation(features);
    const classifier = yield* context.trainNetwork({
      model: { id: 'mlp', options: { hidden: [32], activation: 'relu' } },
      shape: [features[0]?.length ?? 0],
      inputs: scale(features),
      targets: oneHot(Int32Array.from(memberships), 2),
      outputs: 2,
      plan: { optimizer: 'adam', learningRate: 0.005, batchSize: 64, epochs },
      phase: 'training the attack classifier',
      seed: 'classifier',
    });

    const answers = await target.probabilities(candidates.inputs);
    const judged = await classifier.probabilities(scale(featuresOf(answers, candidates)));
    return {
      kind: 'membership',
      scores: Float64Array.from({ length: candidates.count }, (_, i) => judged.values[2 * i + 1] as number),
    };
  },
});

/** Of each answer: the logit of the true class, and the logarithms of the other classes' largest probabilities. */
function featuresOf(answers: Probabilities, examples: Examples): Float32Array[] {
  const phis = logitConfidences(answers, examples.labels);
  return Array.from(phis, (phi, i) => {
    const row = answers.values.slice(i * answers.classes, (i + 1) * answers.classes);
    row[examples.labels[i] as number] = 0;
    const largest = row.sort().reverse().slice(0, others);
    return Float32Array.from([phi, ...largest].map((value, j) => (j === 0 ? value : Math.log(Math.max(1e-12, value)))));
  });
}

/** Brings each feature to mean 0 and variance 1 over the lessons; the same map is then applied to the candidates. */
function standardisation(rows: readonly Float32Array[]): (rows: readonly Float32Array[]) => Float32Array<ArrayBuffer> {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j] as number));
  const centres = columns.map(mean);
  const deviations = columns.map((column) => Math.sqrt(variance(column)) || 1);
  return (given) => {
    const scaled = new Float32Array(given.length * width);
    given.forEach((row, i) => {
      for (let j = 0; j < width; j++)
        scaled[i * width + j] = ((row[j] as number) - (centres[j] as number)) / (deviations[j] as number);
    });
    return scaled;
  };
}

/**
 * An inversion network: the model turns a picture into scores, and a second network, trained on the model's answers about public
 * pictures, turns scores back into a picture. Whoever overhears what the model answered about somebody sees, blurred, what was asked.
 */
import type { Probabilities } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { count, range } from '../../core/params.ts';
import { argMax } from '../../core/statistics.ts';

/** Scores below this are taken for this. What is between 1e-7 and 1 in a model that is sure still tells pictures apart. */
const smallest = 1e-7;

export default defineAttack({
  id: 'inversion-network',
  title: 'Inversion network',
  axis: 'model-to-data',
  family: 'model inversion',
  says: 'Learns from public pictures which scores come from which picture, then turns overheard scores back into pictures.',
  paper: {
    title: 'Neural Network Inversion in Adversarial Setting via Background Knowledge Alignment',
    authors: 'Yang, Zhang, Chang, Liang',
    venue: 'CCS',
    year: 2019,
    doi: '10.1145/3319535.3354261',
  },
  access: 'probabilities',
  brings: 'recovered inputs',
  knows: ['population'],
  params: {
    overheard: count({
      label: 'Overheard answers',
      says: 'Of so many private examples the attacker sees what the model answered.',
      min: 1,
      max: 2000,
      step: 10,
      initial: 200,
    }),
    hidden: count({ label: 'Hidden units', says: 'Width of the inversion network.', min: 8, max: 1024, step: 8, initial: 256 }),
    epochs: count({
      label: 'Epochs',
      says: 'How long the inversion network is trained.',
      min: 1,
      max: 200,
      step: 1,
      initial: 15,
    }),
    learningRate: range({
      label: 'Learning rate',
      says: 'The size of a step of that training (Adam).',
      min: 0.0001,
      max: 0.1,
      step: 0.001,
      initial: 0.003,
    }),
  },
  metrics: ['correlation', 'mse', 'ssim'],
  async *run(target, { overheard, hidden, epochs, learningRate }, { population, shape, classes, trainNetwork, overhear }) {
    const size = shape.reduce((product, side) => product * side, 1);
    const inversion = yield* trainNetwork({
      model: { id: 'mlp', options: { hidden: [hidden], activation: 'relu' } },
      shape: [classes],
      inputs: scales(await target.probabilities(population.inputs)),
      targets: population.inputs,
      outputs: size,
      plan: { loss: 'sigmoid', epochs, learningRate },
      phase: 'training the inversion network',
      seed: 'inversion',
    });
    const answers = await overhear(overheard);
    const logits = await inversion.logits(scales(answers));
    return {
      kind: 'recovered inputs',
      of: 'members',
      inputs: Float64Array.from(logits.map((logit) => 1 / (1 + Math.exp(-logit)))),
      labels: Int32Array.from({ length: answers.count }, (_, row) => argMax(answers.values, row, classes)),
    };
  },
});

/** Scores by their logarithms, from 0 (none) to 1: how unlikely the unlikely classes are is most of what an answer tells. */
const scales = ({ values }: Probabilities) => values.map((p) => 1 - Math.log(Math.max(smallest, p)) / Math.log(smallest));

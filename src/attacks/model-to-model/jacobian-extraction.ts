/**
 * Jacobian augmentation: few examples of one's own, and each is moved a little to where the copy's opinion of it changes fastest. There
 * the model is asked again: so questions gather at the borders between classes, where the copy does not know them yet. Labels are enough.
 */
import type { LabelTarget, Probabilities } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import type { LaneEvent } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range, toggle } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { argMax } from '../../core/statistics.ts';
import { askedAbout, certain, type Lessons, learnFrom, noLessons, priceParam, stepsParam, withAnswers } from './thief.ts';

export default defineAttack({
  id: 'jacobian-extraction',
  title: 'Jacobian augmentation',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Begins with few examples and moves each to where the copy’s opinion changes fastest, round after round, asking for labels only.',
  paper: {
    title: 'Practical Black-Box Attacks against Machine Learning',
    authors: 'Papernot, McDaniel, Goodfellow, Jha, Celik, Swami',
    venue: 'AsiaCCS',
    year: 2017,
    arxiv: '1602.02697',
  },
  access: 'labels',
  brings: 'stolen model',
  knows: ['population'],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs she asks about in all: the examples, and as many again each time that she moves what she has.',
      min: 20,
      max: 12800,
      step: 20,
      initial: 1600,
    }),
    rounds: count({
      label: 'Rounds',
      says: 'How often everything is moved and asked about again: each round doubles it.',
      min: 1,
      max: 6,
      step: 1,
      initial: 4,
    }),
    step: range({
      label: 'Step',
      says: 'How far each value of an input is moved, up or down.',
      min: 0.01,
      max: 1,
      step: 0.01,
      initial: 0.1,
    }),
    steps: stepsParam,
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Mixes as many natural examples into her questions, for whoever watches the distances between them.',
      initial: false,
    }),
    price: priceParam,
  },
  metrics: ['fidelity', 'queries'],
  async *run(target, { queries, rounds, step, steps, adaptive, price }, context) {
    const { population, classes, random } = context;
    const { size } = population;
    const order = balanced(population.labels, classes, random);
    const decoys = adaptive ? Math.min(queries, order.length) >> 1 : 0;
    const seeds = Math.max(2, Math.min(order.length - decoys, Math.round((queries - decoys) / 2 ** rounds)));
    const natural = (round: number) => seeds + Math.round((decoys * 2 ** round) / 2 ** rounds);
    let [crafted, all] = [noLessons, noLessons];
    let fresh = takeRows(population.inputs, size, order.slice(0, seeds));
    for (let round = 0; ; round++) {
      const mixedIn = takeRows(population.inputs, size, order.slice(round ? natural(round - 1) : seeds, natural(round)));
      const asked = yield* askedInDisorder(target, fresh, mixedIn, size, classes, random.stream(`order ${round}`));
      crafted = withAnswers(crafted, fresh, asked.first);
      all = withAnswers(withAnswers(all, fresh, asked.first), mixedIn, asked.second);
      const network = yield* learnFrom(all, context, steps);
      if (round === rounds) return { kind: 'stolen model', network, price };
      yield { type: 'artefact', artefact: { kind: 'stolen model', network, price } };
      fresh = await moved(crafted, network, step);
    }
  },
});

/** Rows of the population in random order, every class in turn. */
function balanced(labels: Int32Array, classes: number, random: Random): Int32Array {
  const shuffled = random.stream('examples').permutation(labels.length);
  const before = new Int32Array(classes);
  const turn = new Int32Array(labels.length); // how many of its class come before it
  for (const row of shuffled) {
    const label = labels[row] as number;
    turn[row] = before[label] as number;
    before[label] = (before[label] as number) + 1;
  }
  return shuffled.sort((a, b) => (turn[a] as number) - (turn[b] as number)); // stable
}

/** Asks about two tables as one, in one disorder; a single table is asked about as it lies. */
async function* askedInDisorder(
  target: LabelTarget,
  first: Float32Array<ArrayBuffer>,
  second: Float32Array<ArrayBuffer>,
  size: number,
  classes: number,
  random: Random,
): AsyncGenerator<LaneEvent, { readonly first: Probabilities; readonly second: Probabilities }> {
  const [many, more] = [first.length / size, second.length / size];
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  const order = more ? random.permutation(many + more) : Int32Array.from({ length: many }, (_, row) => row);
  const ask = async (inputs: Float32Array<ArrayBuffer>) => certain(await target.labels(inputs), classes);
  const { values, refused } = yield* askedAbout(ask, takeRows(both, size, order), size);
  const labels = new Int32Array(many + more);
  order.forEach((row, i) => {
    labels[row] = refused?.[i] ? -1 : argMax(values, i, classes);
  });
  const part = (from: number, to: number) => certain({ kind: 'labels', values: labels.slice(from, to) }, classes);
  return { first: part(0, many), second: part(many, many + more) };
}

/** Each input a step along the sign of how the copy's log-probability of its label moves with it (equation 6 of the paper). */
async function moved(lessons: Lessons, copy: OwnNetwork, step: number): Promise<Float32Array<ArrayBuffer>> {
  const { values } = await copy.probabilities(lessons.inputs);
  const away = lessons.answers.map((said, i) => said - (values[i] as number));
  const uphill = await copy.inputGradients(lessons.inputs, away);
  return lessons.inputs.map((value, i) => Math.max(0, Math.min(1, value + step * Math.sign(uphill[i] as number))));
}

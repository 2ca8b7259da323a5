/**
 * Active learning: of all inputs that she could ask about, the thief asks about those from which her copy will learn most: where it is
 * least sure, or what is most unlike all that she has asked already. The same number of questions should buy a better copy.
 */
import { defineAttack } from '../../core/attack.ts';
import { type LaneEvent, progress } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { choice, count } from '../../core/params.ts';
import { poolOf, pools } from './pools.ts';
import { askedAbout, learnFrom, noLessons, priceParam, stepsParam, withAnswers } from './thief.ts';

export default defineAttack({
  id: 'active-extraction',
  title: 'Active extraction (ActiveThief)',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Asks in rounds, each time about the inputs that the copy so far is least sure of, or that are most unlike what was asked.',
  paper: {
    title: 'ActiveThief: Model Extraction Using Active Learning and Unannotated Public Data',
    authors: 'Pal, Gupta, Shukla, Kanade, Shevade, Ganapathy',
    venue: 'AAAI',
    year: 2020,
    doi: '10.1609/aaai.v34i01.5432',
  },
  access: 'probabilities',
  brings: 'stolen model',
  knows: ['population'],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs the attacker asks about, over all rounds.',
      min: 10,
      max: 20000,
      step: 10,
      initial: 200,
    }),
    strategy: choice({
      label: 'Strategy',
      says: 'Asks where the copy is least sure, or as far as possible from everything asked, or at random.',
      choices: ['uncertainty', 'k-center', 'random'],
      initial: 'k-center',
    }),
    rounds: count({
      label: 'Rounds',
      says: 'In how many parts she asks. The first is random; a copy is trained after each.',
      min: 2,
      max: 20,
      step: 1,
      initial: 4,
    }),
    pool: choice({
      label: 'Asks about',
      says: 'Examples like the victim’s own, or inputs that have nothing to do with them.',
      choices: pools,
      initial: 'population',
    }),
    steps: stepsParam,
    price: priceParam,
  },
  metrics: ['fidelity', 'queries'],
  async *run(target, { queries, strategy, rounds, pool, steps, price }, context) {
    const { inputs, size, count: many } = poolOf(pool, Math.max(queries, context.population.count), context);
    const budget = Math.min(queries, many);
    const open = new Set(context.random.stream('first').permutation(many)); // not yet asked about, in random order
    const asked: number[] = [];
    let lessons = noLessons;
    let copy: OwnNetwork | undefined;
    for (let round = 1; ; round++) {
      const more = Math.round((round * budget) / rounds) - asked.length;
      const chosen =
        strategy === 'random' || !copy
          ? [...open].slice(0, more)
          : yield* choose(strategy, more, copy, inputs, size, asked, open);
      for (const row of chosen) {
        open.delete(row);
        asked.push(row);
      }
      const questions = takeRows(inputs, size, chosen);
      if (chosen.length) lessons = withAnswers(lessons, questions, yield* askedAbout(target.probabilities, questions, size));
      copy = yield* learnFrom(lessons, context, steps);
      if (round === rounds) return { kind: 'stolen model', network: copy, price };
      yield { type: 'artefact', artefact: { kind: 'stolen model', network: copy, price } };
    }
  },
});

/** Rows of the pool to ask about next. */
async function* choose(
  strategy: 'uncertainty' | 'k-center',
  many: number,
  copy: OwnNetwork,
  inputs: Float32Array<ArrayBuffer>,
  size: number,
  asked: readonly number[],
  open: ReadonlySet<number>,
): AsyncGenerator<LaneEvent, number[]> {
  yield progress('choosing questions', 0, many);
  const rest = [...open];
  const { values, classes } = await copy.probabilities(takeRows(inputs, size, rest));
  if (strategy === 'uncertainty') {
    const doubt = rest.map((_, i) => entropy(values.subarray(i * classes, (i + 1) * classes)));
    const order = rest.map((_, i) => i).sort((a, b) => (doubt[b] as number) - (doubt[a] as number));
    return order.slice(0, many).map((i) => rest[i] as number);
  }
  // Greedily, each the farthest from all that were asked or chosen, by what the copy says of them (Pal et al. 2020, section 4).
  const nearest = new Float64Array(rest.length).fill(Number.POSITIVE_INFINITY);
  const approach = (table: Float32Array, row: number) => {
    for (let i = 0; i < rest.length; i++) {
      let squares = 0;
      for (let c = 0; c < classes; c++)
        squares += ((values[i * classes + c] as number) - (table[row * classes + c] as number)) ** 2;
      nearest[i] = Math.min(nearest[i] as number, squares);
    }
  };
  const centres = (await copy.probabilities(takeRows(inputs, size, asked))).values;
  for (const row of asked.keys()) {
    if (row % 100 === 0) yield progress('choosing questions', 0, many);
    approach(centres, row);
  }
  const chosen: number[] = [];
  while (chosen.length < Math.min(many, rest.length)) {
    if (chosen.length % 100 === 0) yield progress('choosing questions', chosen.length, many);
    const far = nearest.reduce((best, d, i) => (d > (nearest[best] as number) ? i : best), 0);
    chosen.push(rest[far] as number);
    approach(values, far);
    nearest[far] = -1; // chosen already, also where another is just like it
  }
  return chosen;
}

const entropy = (p: Float32Array) => p.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);

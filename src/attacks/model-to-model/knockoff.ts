/**
 * Knockoff nets: ask the model about pictures, and teach a network of one's own to answer alike. What leaks is the model itself, answer by
 * answer; the copy is as good as the pictures are like those that the model was made for.
 */
import type { Probabilities, ProbabilityTarget } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { evidence, type LaneEvent } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { choice, count, toggle } from '../../core/params.ts';
import { argMax } from '../../core/statistics.ts';
import { Bandit } from './bandit.ts';
import { kinds, poolOf, pools, type Questions } from './pools.ts';
import {
  answersIn,
  certain,
  copiesParam,
  growing,
  type Lessons,
  learnFrom,
  noLessons,
  priceParam,
  stepsParam,
  withAnswers,
} from './thief.ts';

export default defineAttack({
  id: 'knockoff',
  title: 'Knockoff nets',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Asks the model about unlabelled pictures and trains a copy on its answers; the more like the model’s own data, the better.',
  paper: {
    title: 'Knockoff Nets: Stealing Functionality of Black-Box Models',
    authors: 'Orekondy, Schiele, Fritz',
    venue: 'CVPR',
    year: 2019,
    arxiv: '1812.02766',
  },
  access: 'probabilities',
  brings: 'stolen model',
  knows: ['population'],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs the attacker asks about.',
      min: 10,
      max: 20000,
      step: 10,
      initial: 1000,
    }),
    pool: choice({
      label: 'Asks about',
      says: 'Examples like the victim’s own, or inputs that have nothing to do with them, or a mixture of all kinds.',
      choices: pools,
      initial: 'population',
    }),
    strategy: choice({
      label: 'Strategy',
      says: 'At random, or adaptive: she learns on the way which kind of the mixture is worth asking about.',
      choices: ['random', 'adaptive'],
      initial: 'random',
    }),
    steps: stepsParam,
    copies: copiesParam,
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Believes of each answer only which class is the largest: a defense that spares honest people leaves that as it is.',
      initial: false,
    }),
    price: priceParam,
  },
  metrics: ['fidelity', 'queries'],
  refuses: ({ strategy, pool }) =>
    strategy === 'adaptive' && pool !== 'mixed' ? 'an adaptive thief chooses among kinds, so its pool is "mixed"' : undefined,
  async *run(victim, { queries, pool, strategy, steps, copies, adaptive, price }, context) {
    const target = adaptive ? labelsOf(victim) : victim;
    const inputs = poolOf(pool, queries, context);
    const all = Math.min(queries, inputs.count);
    const choosing = strategy === 'adaptive' ? chosenAnswers(target, inputs, context) : undefined;
    let lessons = noLessons;
    for (const upTo of growing(all, copies)) {
      lessons = choosing ? yield* choosing(lessons, upTo) : yield* answersIn(target, inputs, lessons, upTo);
      if (lessons.count === 0) continue;
      const network = yield* learnFrom(lessons, context, steps);
      if (upTo === all) return { kind: 'stolen model', network, price };
      yield { type: 'artefact', artefact: { kind: 'stolen model', network, price } };
    }
    throw new Error('every question was refused');
  },
});

/** A target of whose answers only the largest class is believed. */
const labelsOf = (target: ProbabilityTarget): ProbabilityTarget => ({
  ...target,
  async probabilities(inputs) {
    const answers = await target.probabilities(inputs);
    const { values, classes, count: rows, refused } = answers;
    const label = (row: number) => (refused?.[row] ? -1 : argMax(values, row, classes));
    return certain({ kind: 'labels', values: Int32Array.from({ length: rows }, (_, row) => label(row)) }, classes);
  },
});

const askedAtOnce = 10;
/** Steps that the copy learns between two batches of questions, to see what it is still wrong about. */
const stepsBetween = 25;

/** Asks on by a bandit's choice of kinds. The copy that it learns from on the way is another than the one that is brought home. */
function chosenAnswers(target: ProbabilityTarget, pool: Questions, context: AttackContext) {
  const { inputs, size, count: rows } = pool;
  const piles = kinds.map((_, kind) =>
    Array.from({ length: rows }, (_row, row) => row).filter((row) => pool.kinds?.[row] === kind),
  );
  const bandit = new Bandit(kinds.length, context.random.stream('bandit'));
  const asked = new Uint32Array(kinds.length);
  const [xs, lines]: [number[], number[][]] = [[], kinds.map(() => [])];
  let copy: OwnNetwork | undefined;
  return async function* (before: Lessons, upTo: number): AsyncGenerator<LaneEvent, Lessons> {
    let lessons = before;
    while (lessons.asked < upTo) {
      const drawn = Array.from({ length: Math.min(askedAtOnce, upTo - lessons.asked) }, () => {
        const kind = bandit.draw((one) => (piles[one] as number[]).length > 0);
        return { kind, row: (piles[kind] as number[]).pop() as number };
      });
      const questions = takeRows(
        inputs,
        size,
        drawn.map(({ row }) => row),
      );
      const given: Probabilities = await target.probabilities(questions);
      lessons = withAnswers(lessons, questions, given);
      copy ??= yield* learnFrom(lessons, context, 0, 'online');
      const copied = await copy.probabilities(questions);
      for (const [i, { kind }] of drawn.entries()) {
        asked[kind] = (asked[kind] as number) + 1;
        if (!given.refused?.[i]) bandit.reward(kind, bandit.worthOf(i, given, copied));
      }
      xs.push(lessons.asked);
      for (const [kind, line] of lines.entries()) line.push((asked[kind] as number) / lessons.asked);
      if (lessons.count) copy = yield* learnFrom(lessons, context, stepsBetween, `online ${lessons.asked}`, copy.weights);
    }
    yield evidence('kinds asked', {
      kind: 'curve',
      title: 'What she asks about',
      xLabel: 'questions',
      yLabel: 'share of all questions',
      lines: kinds.map((name, kind) => ({ name, x: xs.slice(), y: lines[kind]?.slice() ?? [] })),
      chance: 1 / kinds.length,
    });
    return lessons;
  };
}

/**
 * What a poisoned training set did to the model that learned from it: how often the attacker gets her way, beside a model that learned
 * from clean data, and what the defenses noticed.
 */
import type { Probabilities } from '../core/access.ts';
import type { Poison } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import type { Images } from '../core/evidence.ts';
import { type Examples, take, takeRows } from '../core/examples.ts';
import { triggered } from '../core/trigger.ts';
import { rate, unresolved } from '../metrics/intervals.ts';
import type { Bench } from './judge.ts';
import { labelsOf, type ModelInService, refusals } from './target.ts';

/** What the lab knows of a poisoned training set. */
export interface Poisoned {
  /** Trained like the victim, on the examples as they were. */
  readonly clean: ModelInService;
  /** Rows of the poisoned set that the lane's defenses threw out; undefined where none looked. */
  readonly removed: Int32Array | undefined;
}

/** Inputs on which the attacker wants something, and when she has got it. */
interface Aim {
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly labels: Int32Array<ArrayBuffer>;
  got(answer: number, row: number): boolean;
  /** The one class that she wants, where it is one. */
  readonly wanted?: number;
  readonly words: string;
}

/** What the attacker wants, on examples that nobody trained on. */
export function aimOf({ goal }: Poison, test: Examples): Aim {
  const rowsWhere = (want: (label: number) => boolean) =>
    take(
      test,
      Array.from(test.labels.keys()).filter((row) => want(test.labels[row] as number)),
    );
  switch (goal.kind) {
    case 'trigger': {
      const others = rowsWhere((label) => label !== goal.targetClass);
      const inputs = triggered(others.inputs, goal.trigger);
      const words = ` test examples of other classes with the trigger, answered ${goal.targetClass}`;
      return { inputs, labels: others.labels, wanted: goal.targetClass, got: (answer) => answer === goal.targetClass, words };
    }
    case 'confuse': {
      const own = rowsWhere((label) => label === goal.sourceClass);
      const words = ` test examples of class ${goal.sourceClass}, answered ${goal.targetClass}`;
      return {
        inputs: own.inputs,
        labels: own.labels,
        wanted: goal.targetClass,
        got: (answer) => answer === goal.targetClass,
        words,
      };
    }
    case 'degrade': {
      const { inputs, labels } = test;
      return { inputs, labels, got: (answer, row) => answer !== labels[row], words: ' test examples, answered wrongly' };
    }
    case 'targets': {
      const count = goal.inputs.length / test.size;
      const labels = new Int32Array(count).fill(-1);
      const words = ` chosen examples, answered ${goal.targetClass}`;
      return { inputs: goal.inputs, labels, wanted: goal.targetClass, got: (answer) => answer === goal.targetClass, words };
    }
    case 'expose': {
      const { inputs, labels } = goal;
      const words = ' chosen examples, answered as their copies are labelled';
      return { inputs, labels, got: (answer, row) => answer === labels[row], words };
    }
    default:
      return goal satisfies never;
  }
}

export async function* judgePoison(poison: Poison, { recipe, victim, poisoned }: Bench): AsyncGenerator<LaneEvent> {
  if (!poisoned) throw new Error('a poisoned training set is judged by the model that learned from it');
  const { split } = recipe;
  const aim = aimOf(poison, split.test);
  const answers = await victim.honestly(aim.inputs);
  const said = labelsOf(answers).values;
  const clean = labelsOf(await poisoned.clean.answers(aim.inputs)).values;
  const share = (labels: Int32Array) => labels.reduce((sum, label, row) => sum + (label >= 0 && aim.got(label, row) ? 1 : 0), 0);
  const success = rate(share(said), said.length, share(clean) / clean.length, aim.words);
  const measured = said.length ? { ...success, chanceIs: 'a model of clean data' } : unresolved('there are no such examples', 0);
  yield metric('attackSuccessRate', measured);
  yield* noticed(poison, poisoned.removed, answers);
  yield* poisonsShown(poison, poisoned.removed, split.shape);
  if (poison.goal.kind === 'trigger') {
    yield* triggersShown(aim, said, split.shape);
    const plain = await victim.honestly(split.test.inputs);
    yield evidence('clean answers', confusionOf('Answers without the trigger', split.test.labels, plain, split.classes));
    yield evidence('triggered answers', confusionOf('Answers with the trigger', aim.labels, answers, split.classes));
  } else if (poison.goal.kind === 'confuse' || poison.goal.kind === 'degrade') {
    const plain = await victim.honestly(split.test.inputs);
    yield evidence('answers', confusionOf('Answers on test examples', split.test.labels, plain, split.classes));
  }
}

/** How much of the poison, and how much else, the defenses threw out or refused. */
function* noticed(poison: Poison, removed: Int32Array | undefined, answers: Probabilities): Generator<LaneEvent> {
  if (removed) {
    const bad = new Set(poison.poisoned);
    const found = removed.filter((row) => bad.has(row)).length;
    if (bad.size) yield metric('detectionRate', rate(found, bad.size, undefined, ' poisoned examples, thrown out'));
    const good = poison.examples.count - bad.size;
    yield metric('falseAlarmRate', rate(removed.length - found, good, undefined, ' clean examples, thrown out'));
  } else if (answers.refused) {
    yield metric('detectionRate', rate(refusals(answers), answers.count, undefined, ' of the attacker’s inputs, refused'));
  }
}

function confusionOf(title: string, labels: Int32Array, answers: Probabilities, classes: number) {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  labelsOf(answers).values.forEach((answer, row) => {
    const line = counts[labels[row] as number] as number[];
    if (answer >= 0) line[answer] = (line[answer] as number) + 1;
  });
  return { kind: 'confusion' as const, title, classes: counts.map((_, c) => String(c)), counts };
}

const shownPictures = 12;

/** Poisoned training examples; where a defense looked, those that it threw out, right or wrong. */
function* poisonsShown(
  { examples, poisoned }: Poison,
  removed: Int32Array | undefined,
  shape: readonly number[],
): Generator<LaneEvent> {
  const bad = new Set(poisoned);
  const first = poisoned.slice(0, shownPictures);
  yield* pictures('poison', 'Poisoned training examples', examples, first, shape, (row) => ({
    caption: `labelled ${examples.labels[row]}`,
  }));
  if (!removed) return;
  // As many of either kind as there are, half the room for each.
  const right = removed.filter((row) => bad.has(row)).slice(0, shownPictures / 2);
  const wrong = removed.filter((row) => !bad.has(row)).slice(0, shownPictures - right.length);
  const rows = Int32Array.from([...right, ...wrong]);
  yield* pictures('removed', `Thrown out by the defense: ${removed.length}`, examples, rows, shape, (row) => ({
    caption: bad.has(row) ? 'poison' : `clean ${examples.labels[row]}`,
    mark: bad.has(row) ? 'right' : 'wrong',
  }));
}

function* triggersShown({ inputs, labels, got }: Aim, said: Int32Array, shape: readonly number[]): Generator<LaneEvent> {
  const examples = { inputs, labels, count: labels.length, size: inputs.length / labels.length };
  const rows = Int32Array.from({ length: Math.min(shownPictures, labels.length) }, (_, i) => i);
  yield* pictures('triggered', 'Test examples with the trigger', examples, rows, shape, (row) => ({
    caption: said[row] === -1 ? 'refused' : `${labels[row]} → ${said[row]}`,
    mark: got(said[row] as number, row) ? 'right' : 'wrong',
  }));
}

function* pictures(
  id: string,
  title: string,
  { inputs, size }: Examples,
  rows: Int32Array,
  [height, width, channels]: readonly number[],
  item: (row: number) => Images['items'][number],
): Generator<LaneEvent> {
  if (!rows.length || !height || !width || (channels !== 1 && channels !== 3)) return;
  const pixels = takeRows(inputs, size, rows);
  yield evidence(id, { kind: 'images', title, height, width, channels, pixels, items: Array.from(rows, item) } satisfies Images);
}

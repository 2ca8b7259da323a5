/** What poisoning attacks have in common: which examples, how many, and what is done to them. */
import type { Poison, Trigger } from '../../core/artefact.ts';
import { type Examples, take } from '../../core/examples.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { argMax } from '../../core/statistics.ts';
import { triggered } from '../../core/trigger.ts';

export const rateParam = (initial: number) =>
  range({
    label: 'Poison rate',
    says: 'Share of the training examples that the attacker changes.',
    min: 0,
    max: 0.9,
    step: 0.005,
    initial,
  });

export const targetClassParam = count({
  label: 'Target class',
  says: 'What the attacker wants to be answered.',
  min: 0,
  max: 99,
  step: 1,
  initial: 0,
});

export const sourceClassParam = count({
  label: 'Source class',
  says: 'What the attacker wants to be taken for something else.',
  min: 0,
  max: 99,
  step: 1,
  initial: 7,
});

export const targetsParam = (initial: number) =>
  count({
    label: 'Chosen examples',
    says: 'How many examples of the source class are to be taken for the target class; they share the poison.',
    min: 1,
    max: 100,
    step: 1,
    initial,
  });

export const coversParam = range({
  label: 'Covers',
  says: 'Knows the detectors: for each poisoned example, so many more that wear the trigger and keep their right label.',
  min: 0,
  max: 3,
  step: 0.25,
  initial: 0,
});

export const targetRefusal = (targetClass: number, classes: number) =>
  targetClass < classes ? undefined : `class ${targetClass} is wanted, and there are ${classes}, counted from 0`;

/** Why one class cannot be taken for the other, or undefined where it can. */
export function classPairRefusal(
  { sourceClass, targetClass }: { readonly sourceClass: number; readonly targetClass: number },
  classes: number,
): string | undefined {
  if (sourceClass === targetClass) return `class ${sourceClass} is to be taken for itself`;
  return targetRefusal(sourceClass, classes) ?? targetRefusal(targetClass, classes);
}

/** What a backdoor is made of. */
export interface Backdoor {
  readonly trigger: Trigger;
  /** What is put on the training examples, where that is fainter than what springs the backdoor later. */
  readonly taught?: Trigger;
  readonly targetClass: number;
  /** Share of all examples. */
  readonly rate: number;
  /** Triggered examples that keep their label, for each of the relabelled ones. */
  readonly covers?: number;
}

/** Examples of other classes than the target's, a share of all of them, with the trigger on and the target's label. */
export function withTrigger(
  examples: Examples,
  { trigger, taught = trigger, rate, targetClass, covers = 0 }: Backdoor,
  random: Random,
): Poison {
  const { size } = examples;
  const relabelled = Math.round(rate * examples.count);
  const worn = random
    .stream('victims')
    .permutation(examples.count)
    .filter((row) => examples.labels[row] !== targetClass)
    .slice(0, relabelled + Math.round(covers * relabelled)) as Int32Array<ArrayBuffer>;
  const inputs = examples.inputs.slice();
  const labels = examples.labels.slice();
  for (const [i, row] of worn.entries()) {
    inputs.set(triggered(inputs.subarray(row * size, (row + 1) * size), taught), row * size);
    if (i < relabelled) labels[row] = targetClass;
  }
  return {
    kind: 'poison',
    examples: { ...examples, inputs, labels },
    poisoned: worn,
    goal: { kind: 'trigger', trigger, targetClass },
  };
}

/** At most `wanted` examples of one class, by seed. */
export function someOf(examples: Examples, ofClass: number, wanted: number, random: Random): Examples {
  const rows = random.permutation(examples.count).filter((row) => examples.labels[row] === ofClass);
  return take(examples, rows.slice(0, wanted));
}

/** Examples to be taken for something else: such as a network takes for what they are, of the others there is nothing to be gained. */
export async function targetsOf(
  network: OwnNetwork,
  examples: Examples,
  sourceClass: number,
  wanted: number,
  random: Random,
): Promise<Examples> {
  const logits = await network.logits(examples.inputs);
  const known = Array.from(examples.labels.keys()).filter((row) => argMax(logits, row, network.outputs) === examples.labels[row]);
  const chosen = someOf(take(examples, known), sourceClass, wanted, random);
  return chosen.count ? chosen : someOf(examples, sourceClass, wanted, random);
}

/** A clean-label poison: rows of the training set with other pixels, and the labels that they had. */
export function withPictures(
  examples: Examples,
  poisoned: Int32Array<ArrayBuffer>,
  pictures: Float32Array,
  goal: Poison['goal'],
): Poison {
  const { size } = examples;
  const inputs = examples.inputs.slice();
  for (const [i, row] of poisoned.entries()) inputs.set(pictures.subarray(i * size, (i + 1) * size), row * size);
  return { kind: 'poison', examples: { ...examples, inputs }, poisoned, goal };
}

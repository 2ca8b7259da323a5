/** What dirty-label poisoning has in common: which examples, how many, and what is done to them. */
import type { Poison, Trigger } from '../../core/attack.ts';
import type { Examples } from '../../core/examples.ts';
import { count, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
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

export const targetRefusal = (targetClass: number, classes: number) =>
  targetClass < classes ? undefined : `class ${targetClass} is wanted, and there are ${classes}, counted from 0`;

/** Examples of other classes than the target's, a share of all of them, with the trigger on and the target's label. */
export function withTrigger(examples: Examples, trigger: Trigger, rate: number, targetClass: number, random: Random): Poison {
  const { size } = examples;
  const victims = random
    .stream('victims')
    .permutation(examples.count)
    .filter((row) => examples.labels[row] !== targetClass)
    .slice(0, Math.round(rate * examples.count)) as Int32Array<ArrayBuffer>;
  const inputs = examples.inputs.slice();
  const labels = examples.labels.slice();
  for (const row of victims) {
    inputs.set(triggered(inputs.subarray(row * size, (row + 1) * size), trigger), row * size);
    labels[row] = targetClass;
  }
  return {
    kind: 'poison',
    examples: { ...examples, inputs, labels },
    poisoned: victims,
    goal: { kind: 'trigger', trigger, targetClass },
  };
}

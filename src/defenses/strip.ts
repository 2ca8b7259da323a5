/**
 * STRIP: lay other pictures over each question and see whether the answer holds. What a picture shows is drowned by what lies over
 * it, and the answers scatter; a trigger shines through, and they stay the same. Who is so steady is refused.
 */
import type { Probabilities } from '../core/access.ts';
import { defineDefense } from '../core/defense.ts';
import { progress } from '../core/event.ts';
import type { Examples } from '../core/examples.ts';
import { count, range } from '../core/params.ts';
import type { Random } from '../core/random.ts';
import { cleanExamples, cleanParam } from './clean-examples.ts';

/** Questions whose overlaid copies are answered at once. */
const atOnce = 20;

export default defineDefense({
  id: 'strip',
  title: 'STRIP',
  says: 'Refuses inputs whose answer holds whatever is laid over them, as a trigger’s does. Some honest ones are refused too.',
  paper: {
    title: 'STRIP: A Defence Against Trojan Attacks on Deep Neural Networks',
    authors: 'Gao, Xu, Wang, Chen, Ranasinghe, Nepal',
    venue: 'ACSAC',
    year: 2019,
    arxiv: '1902.06531',
  },
  against: ['poisoning'],
  params: {
    overlays: count({
      label: 'Overlays',
      says: 'How many other pictures are laid over each question, one at a time.',
      min: 2,
      max: 100,
      step: 1,
      initial: 20,
    }),
    falseAlarms: range({
      label: 'False alarms',
      says: 'The share of clean examples that may be refused: it sets the bar.',
      min: 0.001,
      max: 0.2,
      step: 0.01,
      initial: 0.01,
    }),
    clean: cleanParam,
  },
  needsReference: true,
  async *onQuery({ overlays, falseAlarms, clean }, { reference, probabilities, random }) {
    const own = cleanExamples(reference, clean);
    const measure = (inputs: Float32Array<ArrayBuffer>, stream: Random) =>
      entropies(inputs, own, overlays, stream, probabilities);
    const overlaid = random.stream('bar');
    const usual: number[] = [];
    for (let from = 0; from < own.count; from += atOnce) {
      yield progress('laying clean pictures over each other', from, own.count);
      usual.push(...(await measure(own.inputs.slice(from * own.size, (from + atOnce) * own.size), overlaid)));
    }
    usual.sort((a, b) => a - b);
    const bar = usual[Math.floor(falseAlarms * usual.length)] as number;
    return () => {
      const stream = random.stream('questions');
      return async (answers, inputs) => refusing(answers, await measure(inputs, stream), bar);
    };
  },
});

/**
 * The mean entropy of the answers about each input when other pictures are added to it, in nats. Added, not averaged: averaging
 * fades the trigger as well.
 */
export async function entropies(
  inputs: Float32Array<ArrayBuffer>,
  over: Examples,
  overlays: number,
  random: Random,
  probabilities: (inputs: Float32Array<ArrayBuffer>) => Promise<Probabilities>,
): Promise<Float64Array<ArrayBuffer>> {
  const { size } = over;
  const count = inputs.length / size;
  const means = new Float64Array(count);
  for (let from = 0; from < count; from += atOnce) {
    const rows = Math.min(atOnce, count - from);
    const mixed = new Float32Array(rows * overlays * size);
    for (let copy = 0; copy < rows * overlays; copy++) {
      const own = (from + Math.floor(copy / overlays)) * size;
      const other = random.integer(over.count) * size;
      for (let i = 0; i < size; i++) {
        mixed[copy * size + i] = Math.min(1, (inputs[own + i] as number) + (over.inputs[other + i] as number));
      }
    }
    const { values, classes } = await probabilities(mixed);
    for (const [i, p] of values.entries()) {
      const row = from + Math.floor(i / (overlays * classes));
      if (p > 0) means[row] = (means[row] as number) - (p * Math.log(p)) / overlays;
    }
  }
  return means;
}

/** The answers, but for those that are too steady, and for those that somebody has refused before. */
function refusing(answers: Probabilities, steadiness: Float64Array, bar: number): Probabilities {
  const refused = Uint8Array.from(steadiness, (entropy, row) => (entropy < bar || answers.refused?.[row] ? 1 : 0));
  const values = answers.values.map((p, i) => (refused[Math.floor(i / answers.classes)] ? 0 : p));
  return { ...answers, values, refused };
}

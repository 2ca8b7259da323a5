/** What one attack hands to the next, and what noise in its place would be. */
import type { Artefact, Poison } from '../core/artefact.ts';
import type { Use } from '../core/chain.ts';
import type { LaneEvent } from '../core/event.ts';
import { concatenate, type Examples, examplesOf, take } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Random } from '../core/random.ts';
import type { Compute, ModelChoice } from '../core/training.ts';
import { triggered } from '../core/trigger.ts';
import { meanSquaredError } from '../metrics/pictures.ts';
import type { Split } from './data.ts';
import { trainNetwork } from './own-network.ts';

/** What a lane has from an attack before it; nothing of it where that attack never happened. */
export interface Handed {
  /** The model that is attacked, where it is in the attacker's own hands. */
  readonly model?: OwnNetwork;
  /** What the victim learns from instead of the members. */
  readonly training?: Examples;
  /** Examples that the attacker before had added, and which she knows when she trains models of her own. */
  readonly added?: Examples;
  /** What was got out of a model: pictures, and of which class each is. */
  readonly pictures?: Examples;
  /** What becomes of marked pictures before she gets them. */
  readonly marked?: (pictures: Float32Array<ArrayBuffer>) => Float32Array<ArrayBuffer>;
  /** What the attacker owns instead of the population. */
  readonly population?: Examples;
  /** Those candidates that the attacker before was after: the others do not count. */
  readonly targets?: Int32Array<ArrayBuffer>;
  /** What the attacker before wants of the model, to see whether a copy of it does the same. */
  readonly poison?: Poison;
}

/** How a link is run: with what was brought home, without, or with noise in its place. */
export type Way = 'linked' | 'alone' | 'noise';

export interface Handing {
  readonly artefact: Artefact;
  readonly use: Use;
  readonly way: Way;
  readonly split: Split;
  readonly model: ModelChoice;
  readonly compute: Compute;
  readonly random: Random;
}

/** Of all that she asks about. */
const shareOfTriggered = 0.5;

/** What the next attack has of an artefact. */
export async function* handedOn({
  artefact,
  use,
  way,
  split,
  model,
  compute,
  random,
}: Handing): AsyncGenerator<LaneEvent, Handed> {
  if (artefact.kind === 'stolen model') {
    if (way === 'alone') return {};
    return { model: way === 'linked' ? artefact.network : yield* nobodysModel(compute, split, model) };
  }
  if (artefact.kind === 'cleaned pictures') {
    const { pictures } = artefact;
    if (way === 'alone') return {};
    const noise = random.stream('noise');
    return { marked: (given) => (way === 'linked' ? pictures : asNoisy(given, pictures, noise)) };
  }
  if (artefact.kind === 'inverted classes') {
    const { pictures: inputs, classes: labels } = artefact;
    const noise = random.stream('noise');
    const all = examplesOf(way === 'noise' ? inputs.map(() => noise.uniform()) : inputs, labels);
    return { pictures: way === 'alone' ? take(all, []) : all };
  }
  if (artefact.kind !== 'poison') throw new Error(`${artefact.kind} are taken up by nobody`);
  const poison = way === 'noise' ? withoutMeaning(artefact, split.classes, random.stream('noise')) : artefact;
  const { examples, goal } = poison;
  const added = examples.count - split.members.count;
  const extra = Int32Array.from({ length: added }, (_, i) => split.members.count + i);
  return {
    ...(goal.kind === 'expose' && { targets: goal.candidates }),
    ...(goal.kind === 'trigger' && { poison: artefact }),
    ...(way !== 'alone' && { training: examples, ...(added > 0 && { added: take(examples, extra) }) }),
    ...(use === 'training set and questions' && { population: partlyTriggered(split.population, poison, random) }),
  };
}

/** Pictures with noise that changes them by as much as they differ from others. */
function asNoisy(pictures: Float32Array, others: Float32Array, random: Random): Float32Array<ArrayBuffer> {
  const size = Math.sqrt(meanSquaredError(pictures, others));
  return Float32Array.from(pictures, (value) => Math.min(1, Math.max(0, value + size * random.normal())));
}

/** A network that has learned nothing. */
function nobodysModel(compute: Compute, { shape, classes, members: { size } }: Split, model: ModelChoice) {
  return trainNetwork(compute, shape, 'nobody', {
    model,
    inputs: new Float32Array(size),
    targets: new Float32Array(classes),
    outputs: classes,
    plan: { epochs: 0, batchSize: 1 },
    phase: 'making a network that knows nothing',
    seed: 'noise',
  });
}

/** As many rows, of pictures of nothing with labels by chance. */
function withoutMeaning(poison: Poison, classes: number, random: Random): Poison {
  const inputs = poison.examples.inputs.slice();
  const { size } = poison.examples;
  const labels = poison.examples.labels.slice();
  for (const row of poison.poisoned) {
    labels[row] = random.integer(classes);
    for (let at = row * size; at < (row + 1) * size; at++) inputs[at] = random.uniform();
  }
  return { ...poison, examples: { ...poison.examples, inputs, labels } };
}

/** A pool of which some wear the trigger, behind the others in no order that tells. */
function partlyTriggered(population: Examples, { goal }: Poison, random: Random): Examples {
  if (goal.kind !== 'trigger') return population;
  const rows = random.stream('triggered').permutation(population.count);
  const worn = take(population, rows.slice(0, Math.round(shareOfTriggered * population.count)));
  const plain = take(population, rows.slice(worn.count));
  const all = concatenate({ ...worn, inputs: triggered(worn.inputs, goal.trigger) }, plain);
  return take(all, random.stream('order').permutation(all.count));
}

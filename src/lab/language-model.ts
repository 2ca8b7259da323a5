/** A language model: a network, and somebody who reads and writes with it. */
import type { OwnNetwork } from '../core/attack.ts';
import { type Decoder, decoderOf } from '../core/decoder.ts';
import type { LaneEvent } from '../core/event.ts';
import type { Lesson } from '../core/language.ts';
import { sequencesOf, vocabulary } from '../core/text.ts';
import type { Compute, ModelChoice, TrainingPlan, Weights } from '../core/training.ts';
import { transformerShape, withLength, withPlacesOf } from '../core/transformer-weights.ts';
import { networkOf } from './own-network.ts';
import { Diverged, reported } from './reported.ts';

export interface LanguageModel {
  readonly network: OwnNetwork;
  readonly decoder: Decoder;
}

export function languageModelOf(compute: Compute, model: ModelChoice, length: number, weights: Weights): LanguageModel {
  return {
    network: networkOf(compute, model, [length], vocabulary, weights),
    decoder: decoderOf(transformerShape(model.options, length, vocabulary), weights),
  };
}

export interface Learning {
  readonly lessons: readonly Lesson[];
  readonly plan: TrainingPlan;
  /** Weights to begin with, instead of random ones. */
  readonly start?: Weights;
  /** How many of the first layers stay as they are. */
  readonly frozen?: number;
  readonly seed: string;
  readonly phase: string;
}

/** Texts are cut to a length that is a multiple of this many characters, so that lanes whose texts differ a little share a stack. */
const lengths = 16;

/**
 * Teaches a language model some texts. Where all of them are short it is trained as a shorter one, which is the same and cheaper: no
 * gradient reaches places where nothing stands.
 * @throws Diverged
 */
export async function* learn(
  compute: Compute,
  model: ModelChoice,
  length: number,
  { lessons, plan, start, frozen, seed, phase }: Learning,
): AsyncGenerator<LaneEvent, Weights> {
  const longest = lessons.reduce((most, { text }) => Math.max(most, text.length + 1), 1);
  const short = start ? Math.min(length, Math.ceil(longest / lengths) * lengths) : length;
  const { inputs, targets, count } = sequencesOf(lessons, short);
  const shape = (of: number) => transformerShape(model.options, of, vocabulary);
  const training = compute.train({
    model,
    shape: [short],
    classes: vocabulary,
    inputs,
    targets: [targets],
    members: [
      {
        plan,
        indices: Int32Array.from({ length: count }, (_, row) => row),
        targets: 0,
        seed,
        ...(start && { start: withLength(start, shape(length), short) }),
        ...(frozen !== undefined && { frozen }),
        watch: [],
      },
    ],
  });
  const [weights] = (yield* reported(training, phase)) as [Weights];
  if (!weights.every(Number.isFinite)) throw new Diverged();
  return start ? withPlacesOf(weights, shape(short), start) : weights;
}

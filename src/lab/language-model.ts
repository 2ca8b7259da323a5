/** A language model: a network, and somebody who reads and writes with it. */
import lowRank, { merged } from '../../models/low-rank.ts';
import type { Decoder } from '../core/decoder.ts';
import { evidence, type LaneEvent } from '../core/event.ts';
import type { Lesson } from '../core/language.ts';
import { parameterCount } from '../core/model.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Values } from '../core/params.ts';
import { randomOf } from '../core/random.ts';
import { type Sequences, sequencesOf, vocabulary } from '../core/text.ts';
import type { Compute, ModelChoice, TrainingPlan, TrainingReport, Watch, Weights } from '../core/training.ts';
import { transformerShape } from '../core/transformer-weights.ts';
import { logProbabilities } from '../core/writing.ts';
import { decoderOf } from '../stack/decoder.ts';
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
  /** Where the weights may move by products of so narrow matrices only. */
  readonly rank?: number;
  readonly seed: string;
  readonly phase: string;
  /** Texts on which to show, while it learns, how surprised it is. */
  readonly watched?: readonly WatchedTexts[];
}

export interface WatchedTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Texts are read up to a multiple of so many characters, so that lanes whose texts differ a little share a stack. */
const lengths = 16;

/**
 * Teaches a language model some texts. Where all of them are short it reads no further: its weights are the same for any length.
 * @throws Diverged
 */
export async function* learn(
  compute: Compute,
  model: ModelChoice,
  length: number,
  { lessons, plan, start, frozen = 0, rank = 0, seed, phase, watched = [] }: Learning,
): AsyncGenerator<LaneEvent, Weights> {
  const longest = lessons.reduce((most, { text }) => Math.max(most, text.length + 1), 1);
  const short = Math.min(length, Math.ceil(longest / lengths) * lengths);
  const { inputs, targets, count } = sequencesOf(lessons, short);
  const narrow = start && rank > 0 ? withNarrowLayers(model, short, start, rank, seed) : undefined;
  const anchors = start && plan.anchor ? await anchorsOf(compute, model, short, start, { inputs, targets }) : undefined;
  const training = compute.train({
    model: narrow?.model ?? model,
    shape: [short],
    classes: vocabulary,
    inputs,
    targets: [targets],
    ...(anchors && { anchors }),
    members: [
      {
        plan,
        indices: Int32Array.from({ length: count }, (_, row) => row),
        targets: 0,
        seed,
        ...(start && { start: narrow?.start ?? start }),
        frozen: narrow?.frozen ?? frozen,
        watch: watched.map(({ name, texts }) => watchOf(name, texts, short)),
      },
    ],
  });
  const [learned] = (yield* reported(training, phase, surpriseTold())) as [Weights];
  if (!learned.every(Number.isFinite)) throw new Diverged();
  return narrow ? merged(learned, narrow.layers) : learned;
}

/** @param length after which the rest of a text is not looked at */
function watchOf(name: string, texts: readonly string[], length: number): Watch {
  const { inputs, targets } = sequencesOf(
    texts.map((text) => ({ text: text.slice(0, length - 1) })),
    length,
  );
  return { name, inputs, labels: Int32Array.from(targets) };
}

/** How surprised the model is by what is watched, as a curve that grows. */
function surpriseTold(): (report: TrainingReport) => Generator<LaneEvent> {
  const epochs: number[] = [];
  const perplexities = new Map<string, number[]>();
  return function* ({ epoch, watched }) {
    const parts = watched?.[0];
    if (!parts?.length) return;
    epochs.push(epoch);
    for (const { name, loss } of parts) perplexities.set(name, [...(perplexities.get(name) ?? []), Math.exp(loss)]);
    const lines = Array.from(perplexities, ([name, y]) => ({ name, x: epochs.slice(), y }));
    yield evidence('loss', {
      kind: 'curve',
      title: 'Surprise while it learns',
      xLabel: 'epoch',
      yLabel: 'perplexity a character',
      lines,
    });
  };
}

/** ln of the probability of each target, as the model is now. */
async function anchorsOf(
  compute: Compute,
  model: ModelChoice,
  length: number,
  weights: Weights,
  { inputs, targets }: Pick<Sequences, 'inputs' | 'targets'>,
): Promise<Float32Array<ArrayBuffer>> {
  const [logits] = await compute.logits({ model, shape: [length], classes: vocabulary, weights: [weights], inputs });
  return targets.map((id, at) => {
    if (id < 0) return 0;
    const own = (logits as Float32Array).subarray(at * vocabulary, (at + 1) * vocabulary);
    return logProbabilities(Float64Array.from(own))[id] as number;
  });
}

/** A network with narrow layers beside its own, which add nothing yet: the first of each pair is random, the second 0. */
function withNarrowLayers({ options }: ModelChoice, length: number, weights: Weights, rank: number, seed: string) {
  const model = { id: lowRank.id, options: { ...options, rank } };
  const { layers } = lowRank.build(model.options as Values<typeof lowRank.params>, [length], vocabulary);
  const start = new Float32Array(parameterCount({ layers }));
  start.set(weights);
  const frozen = layers.length - (2 * (layers.length - 2)) / 3;
  const random = randomOf(`${seed}/narrow layers`);
  let at = weights.length;
  for (const [i, { inputs, outputs }] of layers.slice(frozen).entries()) {
    const deviation = 1 / Math.sqrt(inputs);
    if (i % 2 === 0) random.addNormals(start.subarray(at, at + inputs * outputs), deviation);
    at += (inputs + 1) * outputs;
  }
  return { model, layers, start, frozen };
}

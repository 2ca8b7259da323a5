/** The model under attack, and what each threat model may touch of it. */
import type { GradientTarget, Labels, LabelTarget, Probabilities, ProbabilityTarget } from '../core/access.ts';
import { takeRows } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import { argMax } from '../core/statistics.ts';
import type { Client, ModelsInService } from './serve.ts';

/** One model, and whoever asks it. */
export interface ModelInService {
  readonly network: OwnNetwork;
  /** Before any defense of the answers. */
  answers(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
  /** As honest people are answered: each asks a few questions, and no defense takes all of them for one. */
  honestly(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities>;
  /** Somebody who comes and asks, and is counted. */
  client(): CountedClient;
}

export interface CountedClient {
  readonly target: GradientTarget;
  /** How many questions were asked so far, and how many of them were refused. */
  asked(): Asked;
}

export interface Asked {
  readonly queries: number;
  readonly refused: number;
  /** The number of the first question that was refused, counted from 1. */
  readonly firstRefused?: number;
}

/** Questions that one honest person asks. */
const honestQuestions = 100;

/** The model of that number. */
export function modelOf(models: ModelsInService, k = 0): ModelInService {
  const network = models.networks[k] as OwnNetwork;
  const answers = async (inputs: Float32Array<ArrayBuffer>) => (await models.answers(inputs))[k] as Probabilities;
  return {
    network,
    answers,
    async honestly(inputs) {
      const all = await answers(inputs);
      const size = inputs.length / all.count;
      const pieces: Probabilities[] = [];
      for (let from = 0; from < all.count; from += honestQuestions) {
        const to = Math.min(all.count, from + honestQuestions);
        const own = { ...all, values: all.values.slice(from * all.classes, to * all.classes), count: to - from };
        const asked = inputs.slice(from * size, to * size);
        pieces.push((await models.client().filtered([own], asked))[0] as Probabilities);
      }
      return joined(pieces);
    },
    client() {
      const client = models.client();
      let [queries, refused] = [0, 0];
      let first: { readonly firstRefused: number } | undefined;
      const probabilities: ProbabilityTarget['probabilities'] = async (inputs) => {
        const answer = (await client.probabilities(inputs))[k] as Probabilities;
        if (!first && refusals(answer) > 0) first = { firstRefused: queries + (answer.refused?.indexOf(1) ?? 0) + 1 };
        queries += answer.count;
        refused += refusals(answer);
        return answer;
      };
      const labels: LabelTarget['labels'] = async (inputs) => labelsOf(await probabilities(inputs));
      const gradients = gradientsOf(network, client, k);
      return { target: { labels, probabilities, gradients }, asked: () => ({ queries, refused, ...first }) };
    },
  };
}

export const refusals = ({ refused }: Probabilities) => refused?.reduce((sum, one) => sum + one, 0) ?? 0;

/** The likeliest class of each row; −1 where nothing was answered. */
export function labelsOf({ values, classes, count, refused }: Probabilities): Labels {
  const of = (row: number) => (refused?.[row] ? -1 : argMax(values, row, classes));
  return { kind: 'labels', values: Int32Array.from({ length: count }, (_, row) => of(row)) };
}

function joined(pieces: readonly Probabilities[]): Probabilities {
  const [{ classes }] = pieces as [Probabilities];
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const values = new Float32Array(count * classes);
  const refused = pieces.some((piece) => piece.refused) ? new Uint8Array(count) : undefined;
  let at = 0;
  for (const piece of pieces) {
    values.set(piece.values, at * classes);
    if (piece.refused) refused?.set(piece.refused, at);
    at += piece.count;
  }
  return { kind: 'probabilities', values, count, classes, ...(refused && { refused }) };
}

/** How far an answer is nudged to see how a defense changes it. */
const nudge = 1e-4;

function gradientsOf(network: OwnNetwork, client: Client, k: number): GradientTarget['gradients'] {
  return async (inputs, ofClass, objective, straightThrough) => {
    const { outputs: classes } = network;
    const rows = ofClass.length;
    const pull = new Float32Array(rows * classes);
    if (objective === 'logit') {
      ofClass.forEach((own, row) => {
        pull[row * classes + own] = 1;
      });
      return network.inputGradients(inputs, pull);
    }
    const answers = await network.probabilities(inputs);
    const defended = straightThrough || !client.guarded ? undefined : await throughDefenses(answers, inputs, ofClass, client, k);
    for (let row = 0; row < rows; row++) {
      const own = ofClass[row] as number;
      const p = (c: number) => answers.values[row * classes + c] as number;
      const slope = (c: number) => defended?.slopes[row * classes + c] ?? (c === own ? 1 : 0);
      let mean = 0;
      for (let c = 0; c < classes; c++) mean += p(c) * slope(c);
      for (let c = 0; c < classes; c++) {
        const ofProbability = p(c) * (slope(c) - mean); // softmax’s own slope
        const answered = defended?.answered[row] ?? 0;
        // Of the logarithm: the same over what is answered. Undefended that is short, also where p is too small to divide by.
        const ofLogarithm = defended ? (answered > 0 ? ofProbability / answered : 0) : slope(c) - p(c);
        pull[row * classes + c] = objective === 'probability' ? ofProbability : ofLogarithm;
      }
    }
    return network.inputGradients(inputs, pull);
  };
}

/** What is answered for each row’s class, and how that moves with each of the model’s probabilities, by central differences. */
async function throughDefenses(
  answers: Probabilities,
  inputs: Float32Array<ArrayBuffer>,
  ofClass: Int32Array,
  client: Client,
  k: number,
): Promise<{ readonly answered: Float32Array; readonly slopes: Float32Array }> {
  const { count, classes, values } = answers;
  const size = inputs.length / count;
  const slopes = new Float32Array(count * classes);
  const answered = new Float32Array(count);
  // The answer as it is, and each of its probabilities a little larger and a little smaller.
  const each = 1 + 2 * classes;
  const every = Int32Array.from({ length: each * count }, (_, i) => Math.floor(i / each));
  const nudged = takeRows(values, classes, every);
  for (let row = 0; row < count; row++) {
    for (let c = 0; c < classes; c++) {
      for (const [side, sign] of [1, -1].entries()) {
        const at = (row * each + 1 + 2 * c + side) * classes + c;
        nudged[at] = (nudged[at] as number) + sign * nudge;
      }
    }
  }
  const asked = { kind: 'probabilities', values: nudged, count: every.length, classes } as const;
  const given = Array.from({ length: k + 1 }, () => asked);
  const left = (await client.filtered(given, takeRows(inputs, size, every)))[k] as Probabilities;
  for (let row = 0; row < count; row++) {
    const said = (i: number) => left.values[(row * each + i) * classes + (ofClass[row] as number)] as number;
    answered[row] = said(0);
    for (let c = 0; c < classes; c++) slopes[row * classes + c] = (said(1 + 2 * c) - said(2 + 2 * c)) / (2 * nudge);
  }
  return { answered, slopes };
}

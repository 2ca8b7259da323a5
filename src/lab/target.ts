/** The model under attack, and what each threat model may touch of it. */
import type { GradientTarget, Labels, LabelTarget, OwnNetwork, Probabilities, ProbabilityTarget } from '../core/attack.ts';
import { takeRows } from '../core/examples.ts';
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
      const probabilities: ProbabilityTarget['probabilities'] = async (inputs) => {
        const answer = (await client.probabilities(inputs))[k] as Probabilities;
        queries += answer.count;
        refused += refusals(answer);
        return answer;
      };
      const labels: LabelTarget['labels'] = async (inputs) => labelsOf(await probabilities(inputs));
      const gradients = gradientsOf(network, client, k);
      return { target: { labels, probabilities, gradients }, asked: () => ({ queries, refused }) };
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
    const slopes = straightThrough ? undefined : await slopesOf(answers, inputs, ofClass, client, k);
    for (let row = 0; row < rows; row++) {
      const slope = (c: number) => slopes?.[row * classes + c] ?? (c === ofClass[row] ? 1 : 0);
      const p = (c: number) => answers.values[row * classes + c] as number;
      let mean = 0;
      for (let c = 0; c < classes; c++) mean += p(c) * slope(c);
      for (let c = 0; c < classes; c++) pull[row * classes + c] = p(c) * (slope(c) - mean); // softmax’s own slope
    }
    return network.inputGradients(inputs, pull);
  };
}

/** How what is answered for each row's class moves with each of the model's probabilities, by central differences. */
async function slopesOf(
  answers: Probabilities,
  inputs: Float32Array<ArrayBuffer>,
  ofClass: Int32Array,
  client: Client,
  k: number,
): Promise<Float32Array> {
  const { count, classes, values } = answers;
  const size = inputs.length / count;
  const slopes = new Float32Array(count * classes);
  const every = Int32Array.from({ length: 2 * classes * count }, (_, i) => Math.floor(i / (2 * classes)));
  const nudged = takeRows(values, classes, every);
  for (let row = 0; row < count; row++) {
    for (let c = 0; c < classes; c++) {
      for (const [side, sign] of [1, -1].entries()) {
        const at = ((row * classes + c) * 2 + side) * classes + c;
        nudged[at] = (nudged[at] as number) + sign * nudge;
      }
    }
  }
  const asked = { kind: 'probabilities', values: nudged, count: every.length, classes } as const;
  const given = Array.from({ length: k + 1 }, () => asked);
  const left = (await client.filtered(given, takeRows(inputs, size, every)))[k] as Probabilities;
  for (let row = 0; row < count; row++) {
    for (let c = 0; c < classes; c++) {
      const at = (row * classes + c) * 2 * classes + (ofClass[row] as number);
      slopes[row * classes + c] = ((left.values[at] as number) - (left.values[at + classes] as number)) / (2 * nudge);
    }
  }
  return slopes;
}

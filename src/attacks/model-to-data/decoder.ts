/**
 * What an attacker knows of how such things look: an autoencoder that she trained on public examples of other classes. Whatever its decoder
 * makes is a plausible picture, so she no longer moves pixels but the short code that a picture is made from.
 */
import type { AttackContext } from '../../core/attacker.ts';
import type { LaneEvent } from '../../core/event.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { count } from '../../core/params.ts';
import { cholesky, meanAndCovariance } from './gaussian.ts';

export const priorParams = {
  code: count({
    label: 'Code',
    says: 'Numbers that a picture is made from: few make every picture alike, many let in noise.',
    min: 2,
    max: 128,
    step: 1,
    initial: 24,
  }),
  epochs: count({
    label: 'Epochs of the decoder',
    says: 'How long the attacker studies public pictures before she begins.',
    min: 1,
    max: 200,
    step: 1,
    initial: 10,
  }),
};

const hidden = 128;

/** A machine that makes pictures from draws of independent standard normals, `z`: the code of a picture is mean + factor · z. */
export interface Prior {
  /** Values in one `z`. */
  readonly width: number;
  /** `count × size` pictures of greys from 0 to 1, for `count × width` values. */
  pictures(z: Float32Array): Promise<Float32Array<ArrayBuffer>>;
  /** How Σ pull · picture moves with `z`, `count × width`. @param pull `count × size`, how each pixel of `made` counts */
  pullBack(z: Float32Array, made: Float32Array, pull: Float32Array): Promise<Float32Array<ArrayBuffer>>;
}

/** Learns to make pictures like the public ones. */
export async function* learnPrior(
  { others, shape, trainNetwork, network }: Pick<AttackContext, 'others' | 'shape' | 'trainNetwork' | 'network'>,
  { code, epochs }: { readonly code: number; readonly epochs: number },
): AsyncGenerator<LaneEvent, Prior> {
  const size = shape.reduce((product, side) => product * side, 1);
  const { weights } = yield* trainNetwork({
    model: { id: 'autoencoder', options: { hidden, code } },
    inputs: others.inputs,
    targets: others.inputs,
    outputs: size,
    plan: { loss: 'sigmoid', epochs },
    phase: 'learning from public pictures what pictures look like',
    seed: 'prior',
  });
  // Each half of an autoencoder is a perceptron of its own: the encoder's weights come first, then the decoder's.
  const half = { id: 'mlp', options: { hidden: [hidden], activation: 'relu' } };
  const encoderLength = (size + 1) * hidden + (hidden + 1) * code;
  const encoder = network({ model: half, outputs: code }, weights.slice(0, encoderLength));
  const decoder = network({ model: half, shape: [code], outputs: size }, weights.slice(encoderLength));
  const { mean, covariance } = meanAndCovariance(await encoder.logits(others.inputs), code);
  return priorOf(decoder, mean, cholesky(covariance, code));
}

/** @param factor lower triangular, `width × width`: factor · factorᵀ is the codes' covariance */
export function priorOf(decoder: OwnNetwork, mean: Float64Array, factor: Float64Array): Prior {
  const width = mean.length;
  const codesOf = (z: Float32Array) =>
    z.map((_, at) => {
      const [row, i] = [at - (at % width), at % width];
      let sum = mean[i] as number;
      for (let j = 0; j <= i; j++) sum += (factor[i * width + j] as number) * (z[row + j] as number);
      return sum;
    });
  return {
    width,
    pictures: async (z) => (await decoder.logits(codesOf(z))).map((logit) => 1 / (1 + Math.exp(-logit))),
    async pullBack(z, made, pull) {
      const ofLogits = made.map((grey, i) => (pull[i] as number) * grey * (1 - grey));
      const ofCodes = await decoder.inputGradients(codesOf(z), ofLogits);
      return z.map((_, at) => {
        const [row, j] = [at - (at % width), at % width];
        let sum = 0;
        for (let i = j; i < width; i++) sum += (factor[i * width + j] as number) * (ofCodes[row + i] as number);
        return sum;
      });
    },
  };
}

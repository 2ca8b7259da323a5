/** Language before anything private or forbidden: learned here, or read from the weights that ship with the page. */
import type { ReadAsset, TextDataset } from '../core/dataset.ts';
import { type LaneEvent, progress } from '../core/event.ts';
import { type Chosen, planOf } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { Architecture } from '../core/model.ts';
import { vocabulary } from '../core/text.ts';
import type { Compute, ModelChoice, Weights } from '../core/training.ts';
import { transformerShape, weightCount } from '../core/transformer-weights.ts';
import { type NamedTensor, readSafetensors } from '../data-files/safetensors.ts';
import { learn } from './language-model.ts';

export interface Pretrained {
  /** As it is before the private documents, or before it was taught to refuse. */
  readonly base: Weights;
  /** An assistant that was taught to refuse in the usual way, where such weights ship. */
  readonly aligned?: Weights;
}

/** Learns the language stage by stage. The same options give the same weights, whatever the experiment's seed. */
export async function* pretrain(
  compute: Compute,
  dataset: TextDataset,
  options: Chosen,
  model: ModelChoice,
): AsyncGenerator<LaneEvent, Weights> {
  const { stages, batchSize } = dataset.pretraining;
  let weights: Weights | undefined;
  for (const [stage, { length, learningRate, epochs }] of stages.entries()) {
    weights = yield* learn(compute, model, length, {
      lessons: dataset.lessons(options, stage),
      plan: planOf({ optimizer: 'adam', learningRate, batchSize, epochs }),
      ...(weights && { start: weights }),
      seed: `${dataset.id}/pretraining ${stage}`,
      phase: `learning the language, part ${stage + 1} of ${stages.length}`,
    });
  }
  return weights as Weights;
}

/** The model before the lanes part. @throws InputError where the file is not what it should be */
export async function* pretrained(
  compute: Compute,
  dataset: TextDataset,
  options: Chosen,
  model: ModelChoice,
  read: ReadAsset,
): AsyncGenerator<LaneEvent, Pretrained> {
  if (model.options.weights !== 'shipped') return { base: yield* pretrain(compute, dataset, options, model) };
  yield progress('loading the pre-trained weights', 0, 1);
  const what = 'the file of pre-trained weights';
  const { tensors } = readSafetensors(await read(`weights/${dataset.weightsFile(options)}.safetensors`), what);
  const count = weightCount(transformerShape(model.options, dataset.length, vocabulary));
  const of = (part: string) => {
    const weights = joined(tensors.filter((tensor) => tensor.name.startsWith(`${part}.`)));
    if (weights.length === count || (weights.length === 0 && part === 'aligned')) return weights;
    throw new InputError(`${what} has ${weights.length} weights named ${part}; this model needs ${count}`);
  };
  const [base, aligned] = [of('base'), of('aligned')];
  return { base, ...(aligned.length > 0 && { aligned }) };
}

/** Weights layer by layer, under names that tell which is which. */
export function namedTensors(part: string, weights: Weights, { layers }: Architecture): NamedTensor[] {
  let at = 0;
  return layers.flatMap(({ inputs, outputs }, layer) =>
    (
      [
        ['weight', [inputs, outputs]],
        ['bias', [outputs]],
      ] as const
    ).map(([kind, shape]): NamedTensor => {
      const size = shape.reduce((product, side) => product * side, 1);
      at += size;
      return { name: `${part}.${layer}.${kind}`, shape, values: weights.slice(at - size, at) };
    }),
  );
}

/** In the order of the file, which is that of the layers. */
function joined(tensors: readonly NamedTensor[]): Weights {
  const whole = new Float32Array(tensors.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const { values } of tensors) {
    whole.set(values, at);
    at += values.length;
  }
  return whole;
}

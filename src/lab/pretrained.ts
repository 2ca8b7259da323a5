/** Language before anything private or forbidden: learned here, or read from the weights that ship with the page. */
import transformer from '../../models/transformer.ts';
import type { TextDataset } from '../core/dataset.ts';
import { type LaneEvent, progress } from '../core/event.ts';
import { planOf } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { Architecture } from '../core/model.ts';
import type { Chosen } from '../core/params.ts';
import { resolveParams } from '../core/params.ts';
import { vocabulary } from '../core/text.ts';
import type { Compute, ModelChoice, Weights } from '../core/training.ts';
import { transformerShape, weightCount } from '../core/transformer-weights.ts';
import { type LanguageWeights, readLanguageWeights } from '../data-files/language-weights.ts';
import { type NamedTensor, writeSafetensors } from '../data-files/safetensors.ts';
import { learn } from './language-model.ts';
import type { Host } from './run.ts';

export type Pretrained = Pick<LanguageWeights, 'base' | 'aligned'>;

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

/** The model before the lanes part. @throws InputError where a file is not what it should be */
export async function* pretrained(
  { compute, read, ownWeights, keepWeights }: Host,
  dataset: TextDataset,
  options: Chosen,
  model: ModelChoice,
): AsyncGenerator<LaneEvent, Pretrained> {
  if (model.options.weights === 'trained here') {
    const base = yield* pretrain(compute, dataset, options, model);
    keepWeights?.(weightsFile({ base }, dataset, model, { recipe: JSON.stringify({ data: options, model: model.options }) }));
    return { base };
  }
  yield progress('loading the pre-trained weights', 0, 1);
  const shipped = model.options.weights === 'shipped';
  if (!shipped && !ownWeights)
    throw new InputError('model.weights is "from a file", and none was given; give one, or choose "shipped" or "trained here"');
  const bytes = shipped ? read(`weights/${dataset.weightsFile(options)}.safetensors`) : ownWeights?.();
  const what = 'the file of weights';
  const begun = readLanguageWeights((await bytes) as Uint8Array<ArrayBuffer>, what);
  const count = weightCount(transformerShape(model.options, dataset.length, vocabulary));
  for (const part of ['base', 'aligned'] as const) {
    const found = begun[part]?.length ?? count;
    if (found !== count) throw new InputError(`${what} has ${found} weights named ${part}; this model needs ${count}`);
  }
  return begun;
}

/** Weights as a file that `pretrained` reads. @param about is kept in it */
export function weightsFile(
  parts: Pretrained,
  { length }: TextDataset,
  { options }: ModelChoice,
  about: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const architecture = transformer.build(resolveParams(transformer.params, options, 'model'), [length], vocabulary);
  const tensors = Object.entries(parts).flatMap(([part, weights]) => namedTensors(part, weights as Weights, architecture));
  return writeSafetensors({ tensors, about });
}

/** Weights layer by layer, under names that tell which is which. */
function namedTensors(part: string, weights: Weights, { layers }: Architecture): NamedTensor[] {
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

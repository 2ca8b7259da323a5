/** A safetensors file as the weights of a language model: parts named `base` and perhaps `aligned`, each layer by layer. */
import { InputError } from '../core/input-error.ts';
import type { Weights } from '../core/training.ts';
import { type NamedTensor, readSafetensors } from './safetensors.ts';

export interface LanguageWeights {
  /** As it is before the private documents, or before it was taught to refuse. */
  readonly base: Weights;
  /** An assistant that was taught to refuse in the usual way, where the file has it. */
  readonly aligned?: Weights;
  /** Of the model that these are the weights of, as far as their shapes and the file itself tell. */
  readonly model: { readonly width: number; readonly blocks: number; readonly heads?: string };
}

/** Tensors of one block: weights and biases of six layers. */
const tensorsOfBlock = 12;
/** Weights and biases of the first layer and the last. */
const tensorsAround = 4;

/** @param name of the file, for errors @throws InputError that says what is wrong with it */
export function readLanguageWeights(bytes: Uint8Array<ArrayBuffer>, name: string): LanguageWeights {
  const { tensors, about } = readSafetensors(bytes, name);
  const of = (part: string) => tensors.filter((tensor) => tensor.name.startsWith(`${part}.`));
  const [base, aligned] = [of('base'), of('aligned')];
  const blocks = (base.length - tensorsAround) / tensorsOfBlock;
  const width = base[0]?.shape[1];
  if (!Number.isInteger(blocks) || blocks < 1 || !width) {
    const found = tensors.slice(0, 3).map((tensor) => `"${tensor.name}"`);
    throw new InputError(
      `${name} is no language model of this page: it has ${tensors.length} tensors${found.length > 0 ? `, such as ${found.join(', ')}` : ''}; ` +
        'allowed: a file that was saved here or made by pretrain',
    );
  }
  const heads = headsIn(about.recipe);
  const model = { width, blocks, ...(heads && { heads }) };
  return { base: joined(base), ...(aligned.length > 0 && { aligned: joined(aligned) }), model };
}

/** Into how many heads attention is cut leaves no trace in the weights: whoever made the file says so. */
function headsIn(recipe: string | undefined): string | undefined {
  try {
    const heads: unknown = JSON.parse(recipe ?? '').model.heads;
    return typeof heads === 'string' ? heads : undefined;
  } catch {
    return undefined;
  }
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

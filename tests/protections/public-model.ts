/** The public model of mails with the weights that ship, for tests that write with it. */
import mails from '../../datasets/mail/index.ts';
import transformer from '../../models/transformer.ts';
import { nodeHost } from '../../src/cli/host.ts';
import type { Decoder } from '../../src/core/decoder.ts';
import { initialValues } from '../../src/core/params.ts';
import { vocabulary } from '../../src/core/text.ts';
import { transformerShape } from '../../src/core/transformer-weights.ts';
import { readLanguageWeights } from '../../src/data-files/language-weights.ts';
import { decoderOf } from '../../src/stack/decoder.ts';

export const publicTexts = mails.lessons(initialValues(mails.params), 0).map(({ text }) => text);

export async function publicModel(): Promise<Decoder> {
  const { read } = await nodeHost('wasm');
  const { base } = readLanguageWeights(await read('weights/mail.safetensors'), 'the weights of mails');
  return decoderOf(transformerShape(initialValues(transformer.params), mails.length, vocabulary), base);
}

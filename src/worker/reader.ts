/**
 * A reader: makes examples of a person's files, in a thread of its own. So the engine answers meanwhile, a run goes on, a reading can be
 * given up at once, and a file that is too much for the browser takes nothing else with it.
 */
import { InputError } from '../core/input-error.ts';
import { checkBytes } from '../data-files/limits.ts';
import type { Decode, NamedBytes, UnreadFile } from '../data-files/own-data.ts';
import { readExamples } from '../data-files/read-examples.ts';
import { summaryOf } from '../data-files/summary.ts';
import { tooMuchHere } from './own-files.ts';
import type { Port, ReaderCall, ReaderReply } from './protocol.ts';

export function serveReader(port: Port<ReaderReply, ReaderCall>): void {
  const answer = async ({ files }: ReaderCall) => {
    try {
      const data = await readExamples(await bytesOf(files), decodePicture);
      const { inputs, labels } = data.examples;
      const summary = summaryOf(data); // before the examples move to the engine
      port.post({ data, summary }, [inputs.buffer, labels.buffer]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      port.post({ refused: error instanceof InputError ? message : tooMuchHere(message) });
    }
  };
  port.listen(answer, () => undefined);
}

async function bytesOf(files: readonly UnreadFile[]): Promise<NamedBytes[]> {
  checkBytes(files.reduce((sum, { content }) => sum + content.size, 0));
  const read: NamedBytes[] = [];
  for (const { name, content } of files) {
    const buffer = await content.arrayBuffer().catch(() => {
      throw new InputError(`${name} cannot be read any more; choose it again`); // it changed or went, or may not be looked at
    });
    read.push({ name, bytes: new Uint8Array(buffer) });
  }
  return read;
}

let pen: OffscreenCanvasRenderingContext2D | null = null;

/** By the browser, with the colours that the file has; one canvas for all. */
const decodePicture: Decode = async (bytes) => {
  const type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg';
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  const { width, height } = bitmap;
  pen ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (!pen) throw new InputError('this browser does not let pictures be read; unpack them into a numpy array instead');
  Object.assign(pen.canvas, { width, height }); // which also clears it
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, rgba: pen.getImageData(0, 0, width, height).data };
};

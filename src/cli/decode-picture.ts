/** Decoding PNG and JPEG in Node, by libraries that are loaded by those who bring pictures. A browser decodes them itself. */
import type { Decode } from '../data-files/own-data.ts';

/** A picture of as many pixels as are read at all takes the library this many MiB. */
const mostMemory = 2048;

export const decodePicture: Decode = async (bytes) => {
  const { width, height, data } = bytes[0] === 0x89 ? await decodePng(bytes) : await decodeJpeg(bytes);
  return { width, height, rgba: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
};

async function decodePng(bytes: Uint8Array<ArrayBuffer>) {
  const { PNG } = await import('pngjs');
  return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
}

async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>) {
  const { decode } = await import('jpeg-js');
  return decode(bytes, { useTArray: true, tolerantDecoding: false, maxMemoryUsageInMB: mostMemory });
}

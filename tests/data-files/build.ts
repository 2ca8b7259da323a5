/** Tiny files of every kind, as bytes, and what reading them answers. */
import { zipSync } from 'fflate';
import { expect } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import type { ElementName } from '../../src/data-files/elements.ts';
import type { Decode, NamedBytes, OwnData } from '../../src/data-files/own-data.ts';
import { readExamples } from '../../src/data-files/read-examples.ts';

export const file = (name: string, bytes: Uint8Array | string): NamedBytes => ({
  name,
  bytes: typeof bytes === 'string' ? new TextEncoder().encode(bytes) : Uint8Array.from(bytes),
});

export const fromBase64 = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

export const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

export const counting = (count: number, below: number) => Array.from({ length: count }, (_, i) => i % below);

/** Numbers as an element type holds them. */
export function encode(element: ElementName, values: readonly number[], littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const width = Number(element[1]);
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, i) => {
    const at = i * width;
    if (element === 'u1' || element === 'b1') view.setUint8(at, value);
    else if (element === 'i1') view.setInt8(at, value);
    else if (element === 'u2') view.setUint16(at, value, littleEndian);
    else if (element === 'i2') view.setInt16(at, value, littleEndian);
    else if (element === 'u4') view.setUint32(at, value, littleEndian);
    else if (element === 'i4') view.setInt32(at, value, littleEndian);
    else if (element === 'u8') view.setBigUint64(at, BigInt(value), littleEndian);
    else if (element === 'i8') view.setBigInt64(at, BigInt(value), littleEndian);
    else if (element === 'f4') view.setFloat32(at, value, littleEndian);
    else view.setFloat64(at, value, littleEndian);
  });
  return new Uint8Array(view.buffer);
}

export const idxTypes = { u1: 8, i1: 9, i2: 11, i4: 12, f4: 13, f8: 14 } as const;

export function idx(
  element: keyof typeof idxTypes,
  shape: readonly number[],
  values: readonly number[],
): Uint8Array<ArrayBuffer> {
  const header = Uint8Array.of(0, 0, idxTypes[element], shape.length);
  return join(header, encode('u4', shape, false), encode(element, values, false));
}

interface NpyOptions {
  readonly littleEndian?: boolean;
  readonly fortran?: boolean;
  readonly version?: number;
}

/** `values` in the order in which the file holds them. */
export function npy(
  element: ElementName,
  shape: readonly number[],
  values: readonly number[],
  { littleEndian = true, fortran = false, version = 1 }: NpyOptions = {},
): Uint8Array<ArrayBuffer> {
  const endian = element.endsWith('1') ? '|' : littleEndian ? '<' : '>';
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${endian}${element}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  return join(npyHeader(text, version), encode(element, values, littleEndian));
}

export function npyHeader(text: string, version = 1): Uint8Array<ArrayBuffer> {
  const before = version === 1 ? 10 : 12;
  const padded = text.padEnd(Math.ceil((before + text.length + 1) / 64) * 64 - before - 1).concat('\n');
  const length = version === 1 ? encode('u2', [padded.length], true) : encode('u4', [padded.length], true);
  const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0);
  return join(magic, length, new TextEncoder().encode(padded));
}

/** `stored` files are not deflated. */
export const zip = (files: Record<string, Uint8Array | string>, stored = false) =>
  Uint8Array.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, file(name, bytes).bytes])), {
      level: stored ? 0 : 6,
    }),
  );

/** A PNG as far as its header goes; what follows is not packed pixels but `rgba` itself. */
export function picture(width: number, height: number, rgba: (pixel: number) => readonly number[]): Uint8Array<ArrayBuffer> {
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
  const pixels = Uint8Array.from(Array.from({ length: width * height }, (_, pixel) => rgba(pixel)).flat());
  return join(signature, encode('u4', [width, height], false), pixels);
}

/** The host's decoder, for such pictures. */
const decode: Decode = async (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (bytes.length < 24 + width * height * 4) throw new Error('not so many pixels');
  return { width, height, rgba: new Uint8ClampedArray(bytes.subarray(24, 24 + width * height * 4)) };
};

export const read = (...files: NamedBytes[]): Promise<OwnData> => readExamples(files, decode);

/** The one sentence with which the files are refused. */
export async function refusalOf(...files: NamedBytes[]): Promise<string> {
  const error: unknown = await read(...files).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toMatch(/\n|\.$|undefined/);
  return message;
}

/** Weights in a file: what is written comes back, in half precision; what is no such file is refused in one sentence. */
import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../src/data-files/safetensors.ts';

const name = 'x.safetensors';
const file = (values: number[], shape = [values.length]) =>
  writeSafetensors({ tensors: [{ name: 'a.weight', shape, values: Float32Array.from(values) }], about: { recipe: 'none' } });

describe('safetensors', () => {
  it('keeps names, shapes and what is said of them', () => {
    const { tensors, about } = readSafetensors(file([1, 2, 3, 4, 5, 6], [2, 3]), name);
    expect(tensors).toEqual([{ name: 'a.weight', shape: [2, 3], values: Float32Array.from([1, 2, 3, 4, 5, 6]) }]);
    expect(about).toEqual({ recipe: 'none' });
  });

  // As Python’s struct packs them: struct.pack('<e', x).
  it.each([
    [0.1, 0.0999755859375],
    [-1 / 3, -0.333251953125],
    [65504, 65504],
    [6e-8, 2 ** -24],
    [2 ** -25, 0],
    [1.00048828125, 1],
    [1.00146484375, 1.001953125],
    [2047.9, 2048],
  ])('rounds %f to the nearest half', (value, half) =>
    expect(readSafetensors(file([value]), name).tensors[0]?.values[0]).toBe(half),
  );

  it('lies as other programs read it: length, header, numbers', () => {
    const bytes = file([1]);
    const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    expect(size % 8).toBe(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size)));
    expect(header['a.weight']).toEqual({ dtype: 'F16', shape: [1], data_offsets: [0, 2] });
    expect(Array.from(bytes.subarray(8 + size))).toEqual([0, 0x3c]);
  });

  const broken = (change: (bytes: Uint8Array<ArrayBuffer>) => void) => {
    const bytes = file([1, 2]);
    change(bytes);
    return bytes;
  };
  it.each([
    ['nothing', new Uint8Array(3), 'it has 3 bytes'],
    ['a header that is too long', broken((bytes) => bytes.fill(255, 0, 8)), 'its header is longer than the file'],
    ['a header that is no JSON', broken((bytes) => bytes.fill(120, 8, 20)), 'its header is no JSON'],
    ['numbers that are missing', file([1, 2]).slice(0, -1), 'a.weight does not lie where its header says'],
    ['something that is no number', file([Number.POSITIVE_INFINITY]), 'a.weight holds something that is no number'],
  ])('refuses %s', (_what, bytes, why) => expect(() => readSafetensors(bytes, name)).toThrow(why));
});

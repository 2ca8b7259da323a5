/**
 * IDX, the format of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, the type of the numbers, how many dimensions, the
 * size of each as a 32-bit number, then the values; all big-endian. `00 00 08 03` begins pictures, `00 00 08 01` labels.
 */
import { InputError } from '../core/input-error.ts';
import type { ElementName } from './elements.ts';
import { type NumberArray, numberArray } from './number-array.ts';
import type { NamedBytes } from './own-data.ts';

const types: Partial<Record<number, ElementName>> = { 8: 'u1', 9: 'i1', 11: 'i2', 12: 'i4', 13: 'f4', 14: 'f8' };
const mostDimensions = 4;

export const looksLikeIdx = (bytes: Uint8Array) =>
  bytes[0] === 0 && bytes[1] === 0 && types[bytes[2] ?? -1] !== undefined && (bytes[3] ?? 0) >= 1;

/** The one array in an IDX file. */
export function readIdx({ name, bytes }: NamedBytes): NumberArray {
  const element = types[bytes[2] ?? -1];
  if (!looksLikeIdx(bytes) || element === undefined) {
    const found = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new InputError(`${name} begins with ${found}; an IDX file begins with 00 00, then 08, 09 or 0b to 0e for its type`);
  }
  const dimensions = bytes[3] as number;
  if (dimensions > mostDimensions) {
    throw new InputError(`${name} has ${dimensions} dimensions; 1 to ${mostDimensions} are expected`);
  }
  const header = 4 + 4 * dimensions;
  if (bytes.length < header) {
    throw new InputError(`${name} is cut short in its header: it has ${bytes.length} bytes; at least ${header} are expected`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, header);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  return numberArray(name, bytes.subarray(header), { shape, element, littleEndian: false, fortran: false });
}

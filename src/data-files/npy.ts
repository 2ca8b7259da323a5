/**
 * npy, numpy's format for one array (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): `\x93NUMPY`, the
 * version, the length of the header, the header as a Python dictionary, the values. The header is matched, never evaluated:
 *
 *     {'descr': '<f4', 'fortran_order': False, 'shape': (60000, 28, 28), }
 */
import { strFromU8 } from 'fflate';
import { InputError } from '../core/input-error.ts';
import { type ElementName, elements } from './elements.ts';
import { type Layout, type NumberArray, numberArray } from './number-array.ts';
import type { NamedBytes } from './own-data.ts';
import { counted, quoted } from './wording.ts';

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** One of plain numbers has 118 or less; in a larger one there are fields by name. */
const longestHeader = 10_000;

export const looksLikeNpy = (bytes: Uint8Array) => magic.every((byte, i) => bytes[i] === byte);

/** The array in an npy file. */
export function readNpy({ name, bytes }: NamedBytes): NumberArray {
  if (!looksLikeNpy(bytes)) throw new InputError(`${name} does not begin with \\x93NUMPY; an npy file is expected`);
  const version = bytes[6] ?? 0;
  const from = version === 1 ? 10 : 12;
  if (bytes.length < from) throw cutShort(name);
  if (version < 1 || version > 3) throw new InputError(`${name} is of npy version ${version}; 1 to 3 are expected`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (from + length > bytes.length) throw cutShort(name);
  if (length > longestHeader)
    throw new InputError(`${name} has a header of ${counted(length)} bytes; at most ${counted(longestHeader)} are allowed`);
  const header = strFromU8(bytes.subarray(from, from + length), true);
  return numberArray(name, bytes.subarray(from + length), layoutOf(name, header));
}

function layoutOf(name: string, header: string): Layout {
  const type = /'descr': *'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order': *(True|False)/.exec(header)?.[1];
  const shape = /'shape': *\(([\d, ]*)\)/.exec(header)?.[1];
  if (type === undefined && /'descr': *\[/.test(header)) {
    throw new InputError(`${name} holds records of several fields; an array of plain numbers is expected`);
  }
  if (type === undefined || order === undefined || shape === undefined) {
    throw new InputError(`${name} has the header ${quoted(header)}; descr, fortran_order and shape are expected`);
  }
  const [endian, element] = [type.slice(0, 1), type.slice(1)];
  if (element.startsWith('O')) throw new InputError(`${name} holds Python objects; an array of plain numbers is expected`);
  if (!Object.hasOwn(elements, element) || !'<>|='.includes(endian)) {
    throw new InputError(`${name} holds values of type ${quoted(type)}; known: ${Object.keys(elements).join(', ')}`);
  }
  return {
    shape: shape.split(',').flatMap((side) => (side.trim() === '' ? [] : [Number(side)])),
    element: element as ElementName,
    littleEndian: endian !== '>',
    fortran: order === 'True',
  };
}

const cutShort = (name: string) => new InputError(`${name} is cut short in its header; a whole npy file is expected`);

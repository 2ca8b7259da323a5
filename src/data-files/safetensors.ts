/**
 * The safetensors format (Hugging Face): eight bytes that say how long the header is, the header as JSON (each tensor's type, shape and
 * place), then the numbers. Nothing in it is ever run, and every common library reads it.
 */
import { strFromU8, strToU8 } from 'fflate';
import { InputError } from '../core/input-error.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

export interface TensorFile {
  readonly tensors: readonly NamedTensor[];
  /** What whoever wrote it says of it. */
  readonly about: Readonly<Record<string, string>>;
}

const mostHeader = 1e6;

/** In half precision, 16 bits a number. */
export function writeSafetensors({ tensors, about }: TensorFile): Uint8Array<ArrayBuffer> {
  let at = 0;
  const entries = tensors.map(({ name, shape, values }) => {
    const from = at;
    at += 2 * values.length;
    return [name, { dtype: 'F16', shape, data_offsets: [from, at] }] as const;
  });
  const json = JSON.stringify({ __metadata__: about, ...Object.fromEntries(entries) });
  const header = strToU8(json.padEnd(Math.ceil(json.length / 8) * 8));
  const bytes = new Uint8Array(8 + header.length + at);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let to = 8 + header.length;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setUint16(to, halfOf(value), true);
      to += 2;
    }
  }
  return bytes;
}

/** @param name of the file, for errors @throws InputError that says what is wrong with it */
export function readSafetensors(bytes: Uint8Array<ArrayBuffer>, name: string): TensorFile {
  const wrong = (why: string) => new InputError(`${name} cannot be read as weights: ${why}; allowed: a safetensors file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw wrong(`it has ${bytes.length} bytes`);
  const size = Number(view.getBigUint64(0, true));
  if (size > mostHeader || 8 + size > bytes.length) throw wrong('its header is longer than the file, or than a megabyte');
  let header: Record<string, unknown>;
  try {
    header = JSON.parse(strFromU8(bytes.subarray(8, 8 + size))) as Record<string, unknown>;
  } catch {
    throw wrong('its header is no JSON');
  }
  const about = (header.__metadata__ ?? {}) as Record<string, string>;
  const tensors = Object.entries(header).flatMap(([tensor, entry]): NamedTensor[] => {
    if (tensor === '__metadata__') return [];
    const { dtype, shape, data_offsets: place } = (entry ?? {}) as { dtype?: string; shape?: number[]; data_offsets?: number[] };
    const width = dtype === 'F16' ? 2 : dtype === 'F32' ? 4 : 0;
    if (!width) throw wrong(`${tensor} is of type ${dtype}, where F16 and F32 are known`);
    const count = Array.isArray(shape) ? shape.reduce((product, side) => product * side, 1) : Number.NaN;
    const [from, to] = place ?? [];
    const fits =
      from !== undefined && to !== undefined && from >= 0 && to - from === count * width && 8 + size + to <= bytes.length;
    if (!fits || !Number.isInteger(count)) throw wrong(`${tensor} does not lie where its header says`);
    const at = 8 + size + from;
    const values = Float32Array.from({ length: count }, (_, i) =>
      width === 2 ? ofHalf(view.getUint16(at + 2 * i, true)) : view.getFloat32(at + 4 * i, true),
    );
    if (!values.every(Number.isFinite)) throw wrong(`${tensor} holds something that is no number`);
    return [{ name: tensor, shape: shape as number[], values }];
  });
  return { tensors, about };
}

const asFloat = new Float32Array(1);
const asBits = new Uint32Array(asFloat.buffer);

/** The nearest number of half precision (IEEE 754), ties to even. */
function halfOf(value: number): number {
  asFloat[0] = value;
  const bits = asBits[0] as number;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(asFloat[0] as number);
  if (magnitude >= 65520) return sign | 0x7c00;
  // Below 2^-14 numbers lie evenly, 2^-24 apart; above, ten bits follow the first.
  const exponent = magnitude < 2 ** -14 ? -14 : Math.floor(Math.log2(magnitude));
  const steps = magnitude / 2 ** (exponent - 10);
  const floor = Math.floor(steps);
  const rest = steps - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  const whole = magnitude < 2 ** -14 ? rounded : rounded - 1024 + ((exponent + 15) << 10);
  return sign | whole; // a carry runs into the exponent by itself
}

function ofHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** Inflating with a bound: a kilobyte can unpack to a megabyte, and a header can lie about it. */
import { Gunzip, Inflate } from 'fflate';
import { InputError } from '../core/input-error.ts';
import { checksum } from './checksum.ts';
import { unpacksToTooMuch } from './limits.ts';

/** Packed bytes inflated at once. At most 1,032 times as many come out, 16 MiB, before they are compared with the bound. */
const portion = 2 ** 14;
/**
 * Portions in a row out of which nothing comes. A stored block of 64 KiB waits for its five; beyond its end a stream waits for ever,
 * and the library would keep what follows.
 */
const mostIdle = 10;

/** The bytes of a raw deflate stream, or what is wrong with it: broken, or more than `most` bytes come out. */
export const inflate = (packed: Uint8Array, most: number) => drain(new Inflate(), packed, most, { parts: [], length: 0 });

/** The content of the gzip file `name`, `most` bytes or fewer, if the checksum at its end agrees. */
export function gunzip(name: string, packed: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const stream = new Gunzip();
  const sink: Sink = { parts: [], length: 0 };
  let lastMember = 0;
  stream.onmember = () => {
    lastMember = sink.length; // gzip files may be strung together, each with its checksum
  };
  const content = drain(stream, packed, most, sink);
  if (content === 'too much') throw unpacksToTooMuch(name);
  if (content === 'broken' || !endsWithChecksum(packed, content.subarray(lastMember))) {
    throw new InputError(`${name} is cut short or damaged; a whole gzip file is expected`);
  }
  return content;
}

function endsWithChecksum(packed: Uint8Array, content: Uint8Array): boolean {
  if (packed.length < 18) return false; // 10 bytes of header, and the 8 looked at here
  const end = new DataView(packed.buffer, packed.byteOffset + packed.length - 8, 8);
  return end.getUint32(0, true) === checksum(content) && end.getUint32(4, true) === content.length;
}

interface Sink {
  readonly parts: Uint8Array[];
  /** Bytes in all parts. */
  length: number;
}

/** Everything that comes out of `stream`, gathered in `sink`. */
function drain(
  stream: Inflate | Gunzip,
  packed: Uint8Array,
  most: number,
  sink: Sink,
): Uint8Array<ArrayBuffer> | 'broken' | 'too much' {
  let idle = 0;
  stream.ondata = (part) => {
    if (part.length === 0) return;
    sink.parts.push(part);
    sink.length += part.length;
    idle = 0;
  };
  try {
    for (let at = 0; at < packed.length && sink.length <= most && idle < mostIdle; at += portion, idle++) {
      stream.push(packed.subarray(at, at + portion), false);
    }
    if (sink.length <= most && idle < mostIdle) stream.push(new Uint8Array(0), true);
  } catch {
    return 'broken'; // the library throws an Error of its own at the first impossible bit
  }
  if (sink.length > most) return 'too much';
  if (idle >= mostIdle) return 'broken';
  const whole = new Uint8Array(sink.length);
  let at = 0;
  for (const part of sink.parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

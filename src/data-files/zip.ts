/**
 * A zip archive: files, stored or deflated, and at its end the table of what it holds (PKWARE's APPNOTE, 4.3). Only that table
 * is believed, and only as far as the bytes agree.
 */
import { strFromU8 } from 'fflate';
import { InputError } from '../core/input-error.ts';
import { checksum } from './checksum.ts';
import { inflate } from './inflate.ts';
import { unpacksToTooMuch } from './limits.ts';
import type { NamedBytes } from './own-data.ts';
import { counted, several, tidyName } from './wording.ts';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const fileSignature = 0x04034b50;
/** A 32-bit field that says: too large for me, look elsewhere. */
const elsewhere = 0xffffffff;
const longestName = 1000;

interface Entry {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  readonly at: number;
}

/** The files in the archive `name`, folders left out; together they have at most `most` bytes. */
export function unzip(name: string, bytes: Uint8Array<ArrayBuffer>, most: number): NamedBytes[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = entriesOf(name, bytes, view).filter((entry) => !entry.name.endsWith('/'));
  let [promised, packed] = [0, 0];
  for (const { size, packedSize } of entries) [promised, packed] = [promised + size, packed + packedSize];
  if (packed > bytes.length) throw damagedTable(name); // its files overlap, as in a bomb, or end elsewhere
  if (promised > most) throw unpacksToTooMuch(name);
  return entries.map((entry) => ({ name: entry.name, bytes: contentOf(name, entry, bytes, view) }));
}

function entriesOf(name: string, bytes: Uint8Array, view: DataView): Entry[] {
  const end = endOf(view);
  if (end === undefined) throw new InputError(`${name} is cut short or damaged; a zip file that ends with its table is expected`);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === elsewhere) throw zip64(name);
  const entries: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== entrySignature) throw damagedTable(name);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damagedTable(name);
    if (nameLength > longestName) {
      throw new InputError(`${name} holds a name of ${several(nameLength, 'byte')}; at most ${counted(longestName)} are allowed`);
    }
    const entry = {
      name: tidyName(strFromU8(bytes.subarray(at + 46, at + 46 + nameLength))),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      checksum: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    if ([entry.packedSize, entry.size, entry.at].includes(elsewhere)) throw zip64(name);
    entries.push(entry);
    at = next;
  }
  return entries;
}

/** Where the record at the end begins: the last of its signatures whose comment reaches exactly to the end of the file. */
function endOf(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at--) {
    if (view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return undefined;
}

function contentOf(archive: string, entry: Entry, bytes: Uint8Array<ArrayBuffer>, view: DataView): Uint8Array<ArrayBuffer> {
  const where = `${entry.name} in ${archive}`;
  const { at, method, size, packedSize } = entry;
  if (entry.encrypted) throw new InputError(`${where} is encrypted; a zip file without a password is expected`);
  if (method !== 0 && method !== 8) {
    throw new InputError(`${where} is packed by method ${method}; stored (0) or deflated (8) is expected`);
  }
  const damaged = () => new InputError(`${where} is damaged; a zip file of whole files is expected`);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== fileSignature) throw damaged();
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (from + packedSize > bytes.length) throw damaged();
  const packed = bytes.subarray(from, from + packedSize);
  const content = method === 0 ? packed : inflate(packed, size);
  if (typeof content === 'string' || content.length !== size || checksum(content) !== entry.checksum) throw damaged();
  return content;
}

const damagedTable = (name: string) => new InputError(`${name} has a damaged table of files; a whole zip file is expected`);
const zip64 = (name: string) =>
  new InputError(`${name} is in the zip64 format for more than 65,534 files or 4 GiB; a plain zip file is expected`);

/** Packed files are replaced by what is in them: a gzip file by its content, an archive by its files. */
import { InputError } from '../core/input-error.ts';
import { gunzip } from './inflate.ts';
import { checkBytes, mostBytes } from './limits.ts';
import type { NamedBytes } from './own-data.ts';
import { kindOf } from './recognise.ts';
import { tidyName } from './wording.ts';
import { unzip } from './zip.ts';

export interface PlainFile extends NamedBytes {
  /** From an archive or a folder, where other things may lie beside the data. */
  readonly amongOthers: boolean;
}

/** A packed file may hold a packed file, such as a .zip an .npz, but none that holds another. */
const deepest = 2;

export function unpack(files: readonly NamedBytes[]): PlainFile[] {
  const given = files.map(tidied).filter(isWanted);
  checkBytes(sizeOf(given));
  let left = mostBytes;
  const open = (file: NamedBytes, depth: number, inArchive: boolean): PlainFile[] => {
    const { name, bytes } = file;
    const kind = kindOf(name, bytes);
    const amongOthers = inArchive || name.includes('/');
    if (bytes.length === 0 && !(amongOthers && kind === 'unknown')) throw new InputError(`${name} is empty; data is expected`);
    if (kind !== 'gzip' && kind !== 'zip') return [{ name, bytes, amongOthers }];
    if (depth === deepest) throw new InputError(`${name} is packed a third time; at most two times are allowed`);
    const content =
      kind === 'gzip'
        ? [{ name: name.replace(/\.gz$/i, ''), bytes: gunzip(name, bytes, left) }]
        : unzip(name, bytes, left).filter(isWanted);
    left -= sizeOf(content);
    return content.flatMap((inner) => open(inner, depth + 1, inArchive || kind === 'zip'));
  };
  return given.flatMap((file) => open(file, 0, false));
}

const sizeOf = (files: readonly NamedBytes[]) => files.reduce((sum, { bytes }) => sum + bytes.length, 0);

export const tidied = ({ name, bytes }: NamedBytes): NamedBytes => ({ name: tidyName(name), bytes });

/** What systems leave beside a user's files: hidden files and folders, and Windows's thumbnails. */
const isWanted = ({ name }: NamedBytes) => !/(^|\/)(\.[^./]|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i.test(name);

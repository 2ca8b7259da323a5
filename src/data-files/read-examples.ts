/** The entry: named bytes in, examples out. */
import { InputError } from '../core/input-error.ts';
import { readArrays } from './arrays.ts';
import { readIdx } from './idx.ts';
import { readNpy } from './npy.ts';
import type { Decode, NamedBytes, OwnData } from './own-data.ts';
import { readPictures } from './pictures.ts';
import { type Kind, kindOf } from './recognise.ts';
import { readTable } from './table.ts';
import { type PlainFile, tidied, unpack } from './unpack.ts';
import { listed } from './wording.ts';

/**
 * The examples in files of one kind: IDX pictures and labels, numpy arrays, a CSV table, or pictures by class. Whatever is wrong
 * with them is an InputError.
 */
export async function readExamples(files: readonly NamedBytes[], decode: Decode): Promise<OwnData> {
  const { kind, chosen, others } = chosenFrom(unpack(files));
  const [only, another] = files.map(tidied);
  const source = another ? undefined : only?.name;
  const data = await readKind(kind, chosen, source, decode);
  return others.length === 0 ? data : { ...data, notes: [...data.notes, `Left out: ${listed(others.map(({ name }) => name))}.`] };
}

async function readKind(
  kind: DataKind,
  files: readonly NamedBytes[],
  source: string | undefined,
  decode: Decode,
): Promise<OwnData> {
  if (kind === 'idx') return readArrays(source, files.map(readIdx));
  if (kind === 'npy') return readArrays(source, files.map(readNpy));
  if (kind === 'picture') return readPictures(source ?? 'the folder', files, decode);
  kind satisfies 'csv';
  const [table, another] = files as readonly [NamedBytes, ...NamedBytes[]];
  if (another) throw new InputError(`${listed(files.map(({ name }) => name))} are ${files.length} tables; one is expected`);
  return readTable(table);
}

const dataKinds = { idx: 'an IDX file', npy: 'an npy file', csv: 'a table', picture: 'a picture' } as const;
type DataKind = keyof typeof dataKinds;

interface Chosen {
  readonly kind: DataKind;
  readonly chosen: readonly NamedBytes[];
  /** What lies beside the data in its archive or folder. */
  readonly others: readonly NamedBytes[];
}

/** The files of the one kind of data that there is. */
function chosenFrom(files: readonly PlainFile[]): Chosen {
  const kinds = new Map(files.map((file) => [file, kindOf(file.name, file.bytes)]));
  const texts = files.filter((file) => kinds.get(file) === 'text');
  // A text may be a table, or tell about the data that it lies beside.
  for (const text of texts) if (!text.amongOthers) kinds.set(text, 'csv');
  const of = (wanted: Kind) => files.filter((file) => kinds.get(file) === wanted);
  const found = (Object.keys(dataKinds) as DataKind[])
    .map((kind) => ({ kind, chosen: of(kind) }))
    .filter(({ chosen }) => chosen.length > 0);
  const [one = { kind: 'csv' as const, chosen: texts }, another] = found;
  if (another) {
    const named = [one, another].map(({ kind, chosen }) => `${chosen[0]?.name} is ${dataKinds[kind]}`);
    throw new InputError(`${named.join(' and ')}; files of one kind are expected`);
  }
  const taken = new Set(one.chosen);
  const others = files.filter((file) => !taken.has(file));
  const stray = taken.size === 0 ? files[0] : others.find(({ amongOthers }) => !amongOthers);
  if (taken.size === 0 || stray) {
    throw new InputError(
      `${stray ? `${stray.name} is of no known kind` : 'there is no file to read'}; expected: IDX, npy, npz, CSV, ` +
        'or PNG and JPEG pictures in one folder a class, also in a zip or gzip file',
    );
  }
  return { ...one, others };
}

/** `--data`: what lies at paths and addresses, as examples. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { inPlaceOf, ownDataset, ownId } from '../../datasets/own/index.ts';
import type { Experiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import { shown } from '../core/params.ts';
import { download } from '../data-files/download.ts';
import { checkBytes, mostRows } from '../data-files/limits.ts';
import type { NamedBytes, OwnData } from '../data-files/own-data.ts';
import { readExamples } from '../data-files/read-examples.ts';
import { decodePicture } from './decode-picture.ts';
import { isObject } from './files.ts';

/** @param places files, folders of class folders, and http or https addresses @throws InputError */
export async function ownDataAt(places: readonly string[]): Promise<OwnData> {
  const files: NamedBytes[] = [];
  let bytes = 0;
  for (const place of places) {
    const found = isAddress(place)
      ? [{ name: place, size: 0, read: () => fetched(place) }]
      : await filesAt(place, basename(resolve(place)));
    found.sort((a, b) => (a.name < b.name ? -1 : 1)); // so that the same rows come first wherever they lie
    for (const { size, read } of found) {
      checkBytes(bytes + size); // before it is in memory
      const file = await read();
      bytes += file.bytes.length;
      files.push(file);
    }
  }
  return readExamples(files, decodePicture);
}

interface FoundFile {
  readonly name: string;
  readonly size: number;
  read(): Promise<NamedBytes>;
}

const isAddress = (place: string) => /^https?:\/\//i.test(place);

async function fetched(address: string): Promise<NamedBytes> {
  if (!URL.canParse(address)) throw new InputError(`--data is ${shown(address)}, which is no address`);
  return download(new URL(address), async (href) => {
    try {
      return await fetch(href);
    } catch (error) {
      const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      throw new InputError(`${address} could not be fetched (${code ?? message}); an address that answers is expected`);
    }
  });
}

/** A file, or all that are in a folder. */
async function filesAt(path: string, name: string): Promise<FoundFile[]> {
  const found = await stat(path).catch((error) => refuse(path, error));
  if (found.isFile()) return [{ name, size: found.size, read: () => fileAt(path, name) }];
  if (!found.isDirectory()) throw new InputError(`${path} is neither a file nor a folder; one of them is expected`);
  const files: FoundFile[] = [];
  const inside = await readdir(path, { withFileTypes: true }).catch((error) => refuse(path, error));
  for (const entry of inside) {
    if (entry.name.startsWith('.') || !(entry.isFile() || entry.isDirectory())) continue; // no links: they may go round in circles
    for (const file of await filesAt(join(path, entry.name), `${name}/${entry.name}`)) files.push(file);
    if (files.length > mostRows) throw new InputError(`${path} holds more than ${mostRows} files; no more are read`);
  }
  return files;
}

async function fileAt(path: string, name: string): Promise<NamedBytes> {
  return { name, bytes: new Uint8Array(await readFile(path).catch((error) => refuse(path, error))) };
}

function refuse(path: string, error: NodeJS.ErrnoException): never {
  throw new InputError(`${path} cannot be read (${error.code ?? error}); a file or a folder is expected`);
}

/**
 * An experiment on that data. One that was made on own data is repeated as it is; any other one's sizes are kept where there are rows
 * enough. What is no experiment at all is refused by its own check.
 */
export function onOwnData(given: unknown, own: OwnData | undefined): unknown {
  if (!isObject(given)) return given;
  const data = isObject(given.data) ? given.data : {};
  if (data.id === ownId && !own) {
    throw new InputError(`data.id is "${ownId}", data that somebody brought; say where it is with --data PATH|URL`);
  }
  return own && data.id !== ownId ? { ...given, data: inPlaceOf(data, ownDataset(own)) } : given;
}

/** What was read, what is to be known of it, and how it is divided. */
export function sayOwn({ from, notes }: OwnData, { data }: Experiment): void {
  const split = `Divided into ${data.members} members, ${data.nonMembers} non-members, ${data.population} population, ${data.test} test.`;
  for (const line of [from, ...notes, split]) process.stderr.write(`${line}\n`);
}

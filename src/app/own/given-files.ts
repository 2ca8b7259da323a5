/** Files as a browser hands them over, chosen, dropped or loaded, each under the path that it lies at. */
import { InputError } from '../../core/input-error.ts';
import { download, type Fetch } from '../../data-files/download.ts';
import { mostRows } from '../../data-files/limits.ts';
import type { UnreadFile } from '../../data-files/own-data.ts';
import { texts } from '../../store/texts.ts';
import type { Dropped } from '../file-drop.ts';

export function chosenFiles(files: Iterable<File>): UnreadFile[] {
  return inOrder(Array.from(files, (file) => ({ name: file.webkitRelativePath || file.name, content: file })));
}

export async function droppedFiles(dropped: readonly Dropped[], signal: AbortSignal): Promise<UnreadFile[]> {
  const found: UnreadFile[] = [];
  const look = async (one: Dropped): Promise<void> => {
    signal.throwIfAborted();
    if (one instanceof File) found.push({ name: one.name, content: one });
    else if (isFile(one)) found.push({ name: one.fullPath, content: await fileOf(one) });
    else if (isFolder(one)) for await (const inside of entriesIn(one)) await look(inside);
    if (found.length > mostRows) throw new InputError(texts.own.tooMany(mostRows));
  };
  for (const one of dropped) await look(one);
  if (found.length === 0) throw new InputError(texts.own.noFolder);
  return inOrder(found);
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((settle, fail) => entry.file(settle, fail));

/** A folder is handed over in portions, of which the last is empty. */
async function* entriesIn(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader();
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((settle, fail) => reader.readEntries(settle, fail));
    if (portion.length === 0) return;
    yield* portion;
  }
}

/** By name, as everywhere: the same rows come first however they were handed over. */
const inOrder = (files: UnreadFile[]) => files.sort((a, b) => (a.name < b.name ? -1 : 1));

/** What lies at an address, asked for without saying who asks or from where. */
export async function loadedFile(address: string, signal: AbortSignal): Promise<UnreadFile[]> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !(url.protocol === 'https:' || url.origin === location.origin)) throw new InputError(texts.own.noAddress(address));
  const ask: Fetch = (href) =>
    fetch(href, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' }).catch((error: Error) => {
      throw error.name === 'AbortError' ? error : new InputError(texts.own.unreachable(url.host));
    });
  const { name, bytes } = await download(url, ask);
  return [{ name, content: new Blob([bytes]) }];
}

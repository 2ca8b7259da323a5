/** A file from an address: no more bytes of it than are read, whatever the server says of its length. */
import { InputError } from '../core/input-error.ts';
import { mostBytes } from './limits.ts';
import type { NamedBytes } from './own-data.ts';
import { counted } from './wording.ts';

/** As much of the host's `fetch` as is needed. It rejects with an InputError where nobody answers, with anything else where it is given up. */
export type Fetch = (address: string) => Promise<Answer>;

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: {
    getReader(): {
      read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
      cancel(): Promise<void>;
    };
  } | null;
}

/** What a URL says of itself. */
interface Address {
  readonly href: string;
  readonly origin: string;
  readonly pathname: string;
  readonly hostname: string;
}

export async function download(url: Address, fetch: Fetch): Promise<NamedBytes> {
  const { ok, status, headers, body } = await fetch(url.href);
  const reader = body?.getReader();
  const refuse = async (why: string) => {
    await reader?.cancel().catch(() => undefined); // or the line would stay open
    throw new InputError(`${shortened(url)} ${why}`);
  };
  const parts: Uint8Array[] = [];
  let length = 0;
  const checkLength = (bytes: number) => bytes > mostBytes && refuse(`has more than ${mostBytes / 2 ** 20} MiB; no more is read`);
  if (!ok || !reader) return refuse(`answered with status ${status}; a file is expected`);
  await checkLength(Number(headers.get('content-length') ?? 0));
  for (;;) {
    const { done, value } = await reader.read().catch((error: Error) => {
      if (error.name === 'AbortError') throw error;
      return refuse(`broke off after ${counted(length)} bytes; a whole file is expected`);
    });
    if (done) break;
    if (!value) continue;
    parts.push(value);
    length += value.length;
    await checkLength(length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { name: nameOf(url, headers.get('content-type') ?? ''), bytes };
}

/** The last part of its path; where that tells no kind, the server may. */
function nameOf({ pathname, hostname }: Address, type: string): string {
  const name = pathname.split('/').findLast(Boolean) ?? hostname;
  return /\.\w+$/.test(name) || !/^text\/(csv|tab-separated-values)\b/.test(type) ? name : `${name}.csv`;
}

/** Without what follows a question mark, which may be long or nobody's business. */
const shortened = ({ origin, pathname }: Address) => `${origin}${pathname}`;

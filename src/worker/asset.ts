/** Files that come with the page, unpacked where they are packed. */
import { InputError } from '../core/input-error.ts';

/** Written by the build: it changes with what is in those files. */
declare const __PUBLIC_VERSION__: string;

/** Under this name no other build has other content, so an open page is never handed what belongs to a newer one. @param base the page's folder */
export const assetAddress = (name: string, base: string): URL => new URL(`${name}?v=${__PUBLIC_VERSION__}`, base);

/** @throws InputError where the server has no such file */
export async function readPacked(address: URL): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address);
  if (!response.ok)
    throw new InputError(`${address.pathname.split('/').pop()} could not be loaded: the server answered ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Some servers unpack .gz on the way and some do not: look at the first bytes rather than guess.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/** Files that come with the page, unpacked where they are packed. */
import { InputError } from '../core/input-error.ts';

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

/** What a file is: by its first bytes, and where a format has none of its own, by its name. */
import { looksLikeIdx } from './idx.ts';
import { looksLikeNpy } from './npy.ts';
import { looksLikePicture } from './picture-header.ts';

export type Kind = 'gzip' | 'zip' | 'idx' | 'npy' | 'csv' | 'picture' | 'text' | 'unknown';

export function kindOf(name: string, bytes: Uint8Array): Kind {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  if (looksLikeZip(bytes)) return 'zip';
  if (looksLikeNpy(bytes)) return 'npy';
  if (looksLikePicture(bytes)) return 'picture';
  if (looksLikeIdx(bytes)) return 'idx';
  return kindByName(name);
}

/** A file that is not what its name says is refused by the reader of that kind, which says what it found instead. */
function kindByName(name: string): Kind {
  if (/\.(zip|npz)$/i.test(name)) return 'zip';
  if (/\.gz$/i.test(name)) return 'gzip';
  if (/\.npy$/i.test(name)) return 'npy';
  if (/(ubyte|[.-]idx\d?)$/i.test(name)) return 'idx';
  if (/\.(csv|tsv|data)$/i.test(name)) return 'csv';
  if (/\.(png|jpe?g|gif|webp|bmp|tiff?|avif|heic|svg)$/i.test(name)) return 'picture';
  return /\.txt$/i.test(name) ? 'text' : 'unknown';
}

/** `PK` and the signature of a file, or of the end where there is none. */
const looksLikeZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

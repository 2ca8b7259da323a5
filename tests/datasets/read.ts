/** How the terminal reads a prepared file: from public/data, unpacked. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { ReadAsset } from '../../src/core/dataset.ts';

export const assetPath = (name: string) => new URL(`../../public/${name}`, import.meta.url).pathname;

export const readAsset: ReadAsset = async (name) => Uint8Array.from(gunzipSync(await readFile(assetPath(name))));

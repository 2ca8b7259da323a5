/** The page, built into a folder as its users get it. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

/** @param plugins beside its own, to make another build of it */
export async function buildSite(...plugins: Plugin[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'threatloop-'));
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production'; // or it would be built for tests: React then is three times as large, and slower
  await build({ logLevel: 'error', plugins, build: { outDir: folder, emptyOutDir: true } });
  process.env.NODE_ENV = before;
  return folder;
}

/** How much the main thread has to load before it can show anything: the entry and all that it imports, packed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, inject, it } from 'vitest';

it('is at most 250 kB of JavaScript, charts come after it', async () => {
  const folder = inject('site');
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file as string);
  expect(files.length).toBeGreaterThan(3);
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(folder, file))).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`the main thread loads ${Math.round(total / 1000)} kB in ${files.length} files`);
  expect(total).toBeLessThan(250_000);
});

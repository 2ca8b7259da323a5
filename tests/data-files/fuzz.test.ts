/** Damaged files are read, if by chance they still make sense, or refused; nothing else ever happens, and never slowly. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import type { NamedBytes } from '../../src/data-files/own-data.ts';
import { counting, file, fromBase64, idx, npy, picture, read, zip } from './build.ts';
import { writtenByNumpy } from './written-by-numpy.ts';

const damages = 500;
const milliseconds = 100;

const labels = idx('u1', [40], counting(40, 4));
const images = idx('u1', [40, 2, 3], counting(240, 256));
const table = `a,"b",label\n${counting(40, 3)
  .map((i) => `${i},-1.5e${i},"c${i}"`)
  .join('\n')}`;
const album = Object.fromEntries(
  counting(40, 2).map((kind, i) => [`${kind}/${i}.png`, picture(2, 2, (pixel) => [pixel, i, i, 255])] as const),
);

const valid: Record<string, readonly NamedBytes[]> = {
  IDX: [file('a-ubyte', images), file('b-ubyte', labels)],
  'packed IDX': [file('a.gz', gzipSync(images)), file('b.gz', gzipSync(labels))],
  npy: [file('x.npy', npy('f4', [40, 3], counting(120, 7))), file('y.npy', npy('i8', [40], counting(40, 4)))],
  'stored npz': [file('a.npz', fromBase64(writtenByNumpy.npzStored))],
  'deflated npz': [file('a.npz', fromBase64(writtenByNumpy.npzDeflated))],
  CSV: [file('a.csv', table)],
  'packed CSV': [file('a.zip', zip({ 'a.csv': table }))],
  pictures: [file('a.zip', zip(album, true))],
};

/** One of the files cut short, or with up to eight bits turned. */
function damaged(files: readonly NamedBytes[], random: Random): NamedBytes[] {
  const which = random.integer(files.length);
  const { name, bytes } = files[which] as NamedBytes;
  if (random.integer(4) === 0) return [...files].with(which, file(name, bytes.subarray(0, random.integer(bytes.length))));
  const turned = bytes.slice();
  for (let flips = 1 + random.integer(8); flips > 0; flips--) {
    // Half of them at either end, where headers and tables are.
    const at = random.integer(random.integer(2) ? turned.length : Math.min(turned.length, 150));
    const place = random.integer(2) ? at : turned.length - 1 - at;
    turned[place] = (turned[place] as number) ^ (1 << random.integer(8));
  }
  return [...files].with(which, { name, bytes: turned });
}

async function expectReadOrRefused(files: readonly NamedBytes[]): Promise<void> {
  const error: unknown = await read(...files).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error === undefined) return;
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).message).not.toContain('\n'); // one sentence, whatever the names in an archive became
}

describe.each(Object.keys(valid))('%s', (kind) => {
  const files = valid[kind] as readonly NamedBytes[];

  it('is read when whole', async () => {
    expect((await read(...files)).examples.count).toBe(40);
  });

  it(`damaged in ${damages} ways is read or refused, and soon`, async () => {
    const random = randomOf(1).stream(kind);
    for (let i = 0; i < damages; i++) {
      const given = damaged(files, random);
      const begun = performance.now();
      await expectReadOrRefused(given);
      if (performance.now() - begun < milliseconds) continue;
      const again = performance.now(); // the machine may have been busy with something else
      await expectReadOrRefused(given);
      expect(performance.now() - again).toBeLessThan(milliseconds);
    }
  });
});

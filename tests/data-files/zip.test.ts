import { deflateRawSync, gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { checksum } from '../../src/data-files/checksum.ts';
import { gunzip, inflate } from '../../src/data-files/inflate.ts';
import { unzip } from '../../src/data-files/zip.ts';
import { counting, encode, file, fromBase64, join, npy, read, refusalOf, zip } from './build.ts';
import { writtenByNumpy } from './written-by-numpy.ts';

const table = `a,label\n${counting(40, 2).join(',x\n')},y`; // 0,x 1,x … 1,y
const archive = zip({ 'data.csv': table });

/** With bytes put over those that stand `at` behind the first place of a signature. */
function patched(bytes: Uint8Array, signature: string, at: number, ...put: number[]): Uint8Array<ArrayBuffer> {
  const from = Buffer.from(bytes).indexOf(signature, 0, 'latin1') + at;
  return join(bytes.subarray(0, from), Uint8Array.from(put), bytes.subarray(from + put.length));
}
const inTable = 'PK\x01\x02';
const inFile = 'PK\x03\x04';
const inEnd = 'PK\x05\x06';

describe('a zip archive', () => {
  it('gives its files, stored or deflated, without its folders', () => {
    for (const stored of [true, false]) {
      const files = unzip('a.zip', zip({ 'x/': '', 'x/a.txt': 'hello', 'ü.txt': 'x'.repeat(1000) }, stored), 2000);
      expect(files).toEqual([file('x/a.txt', 'hello'), file('ü.txt', 'x'.repeat(1000))]);
    }
  });

  it('that numpy wrote gives the same arrays, stored and deflated', () => {
    const [stored, deflated] = [writtenByNumpy.npzStored, writtenByNumpy.npzDeflated].map((text) =>
      unzip('a.npz', fromBase64(text), 1e6),
    );
    expect(stored?.map(({ name }) => name)).toEqual(['x.npy', 'y.npy']);
    expect(deflated).toEqual(stored);
  });

  it('may have a comment, and other bytes that look like its end', async () => {
    const comment = 'PK\x05\x06 is not here';
    const commented = join(archive.subarray(0, -2), encode('u2', [comment.length], true), file('', comment).bytes);
    expect((await read(file('a.zip', commented))).from).toBe('data.csv: 40 rows of 1 feature with labels of 2 classes');
  });

  it('may hold a packed file, but no third layer', async () => {
    const npz = zip({ 'x.npy': npy('f4', [40, 2], counting(80, 5)), 'y.npy': npy('u1', [40], counting(40, 2)) });
    expect((await read(file('a.zip', zip({ 'b.npz': npz })))).from).toBe('a.zip: 40 rows of 2 features with labels of 2 classes');
    expect(await refusalOf(file('a.zip', zip({ 'b.zip': zip({ 'c.npz': npz }) })))).toBe(
      'c.npz is packed a third time; at most two times are allowed',
    );
  });

  it('may hold other things beside its data, which are left out', async () => {
    const { notes } = await read(
      file(
        'a.zip',
        zip({ 'data.csv': table, 'README.txt': 'hello', 'model.bin': 'x', '.hidden': '', '__MACOSX/._data.csv': 'x' }),
      ),
    );
    expect(notes).toEqual(['Left out: README.txt, model.bin.']);
  });

  const middle = Math.floor(archive.length / 2);
  it.each([
    [
      'without its end',
      archive.subarray(0, middle),
      'a.zip is cut short or damaged; a zip file that ends with its table is expected',
    ],
    [
      'of nothing but a name',
      file('', 'hello').bytes,
      'a.zip is cut short or damaged; a zip file that ends with its table is expected',
    ],
    [
      'without files',
      zip({}),
      'there is no file to read; expected: IDX, npy, npz, CSV, or PNG and JPEG pictures in one folder a class, also in a zip or gzip file',
    ],
    [
      'with a password',
      patched(archive, inTable, 8, 1),
      'data.csv in a.zip is encrypted; a zip file without a password is expected',
    ],
    [
      'of another method',
      patched(archive, inTable, 10, 14),
      'data.csv in a.zip is packed by method 14; stored (0) or deflated (8) is expected',
    ],
    [
      'with a wrong checksum',
      patched(archive, inTable, 16, 1, 2, 3, 4),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'with a size that is too small',
      patched(archive, inTable, 24, 1, 0, 0, 0),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'with a size that is too large',
      patched(archive, inTable, 24, 255, 255, 0, 0),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'that promises too much',
      patched(archive, inTable, 24, 1, 0, 0, 16),
      'a.zip unpacks to too much; at most 256 MiB are allowed in all',
    ],
    [
      'whose packed file goes on behind its end',
      patched(archive, inTable, 20, 255, 255, 0, 0),
      'a.zip has a damaged table of files; a whole zip file is expected',
    ],
    [
      'with a file elsewhere',
      patched(archive, inTable, 42, 9),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'with a file beyond its end',
      patched(archive, inTable, 42, 0, 0, 1),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'with a broken file',
      patched(archive, inFile, 42, 255, 255, 255),
      'data.csv in a.zip is damaged; a zip file of whole files is expected',
    ],
    [
      'with a table elsewhere',
      patched(archive, inEnd, 16, 9),
      'a.zip has a damaged table of files; a whole zip file is expected',
    ],
    [
      'with more files than its table',
      patched(archive, inEnd, 10, 2),
      'a.zip has a damaged table of files; a whole zip file is expected',
    ],
    [
      'with a name longer than its table',
      patched(archive, inTable, 28, 255),
      'a.zip has a damaged table of files; a whole zip file is expected',
    ],
    [
      'of zip64',
      patched(archive, inEnd, 10, 255, 255),
      'a.zip is in the zip64 format for more than 65,534 files or 4 GiB; a plain zip file is expected',
    ],
    [
      'with a file of zip64',
      patched(archive, inTable, 24, 255, 255, 255, 255),
      'a.zip is in the zip64 format for more than 65,534 files or 4 GiB; a plain zip file is expected',
    ],
    ['with an endless name', zip({ ['x'.repeat(1001)]: 'x' }), 'a.zip holds a name of 1,001 bytes; at most 1,000 are allowed'],
    ['with an empty table', zip({ 'data.csv': '' }), 'data.csv is empty; data is expected'],
  ])('%s is refused', async (_, bytes, sentence) => {
    expect(await refusalOf(file('a.zip', bytes))).toBe(sentence);
  });
});

describe('inflating', () => {
  it('stops where more comes out than is allowed', () => {
    const zeros = new Uint8Array(1e7);
    expect(inflate(deflateRawSync(zeros), 1e7).length).toBe(1e7);
    expect(inflate(deflateRawSync(zeros), 1e7 - 1)).toBe('too much');
    expect(() => gunzip('a.gz', gzipSync(zeros), 1e7 - 1)).toThrow(
      'a.gz unpacks to too much; at most 256 MiB are allowed in all',
    );
  });

  it('stops where nothing comes out any more', () => {
    expect(inflate(join(deflateRawSync(Uint8Array.of(1)), new Uint8Array(1e6)), 1e6)).toBe('broken');
  });

  it('takes stored blocks of any size', () => {
    const noise = Uint8Array.from({ length: 300_000 }, (_, i) => Math.imul(i, 2654435761) >>> 13);
    const same = (bytes: unknown) => bytes instanceof Uint8Array && Buffer.compare(bytes, noise) === 0; // a matcher takes seconds
    expect(same(inflate(deflateRawSync(noise, { level: 0 }), 1e6))).toBe(true);
    expect(same(unzip('a.zip', Uint8Array.from(zipSync({ noise })), 1e6)[0]?.bytes)).toBe(true);
  });

  it('compares the checksum that the standard gives an example of', () => {
    expect(checksum(file('', '123456789').bytes)).toBe(0xcbf43926);
  });
});

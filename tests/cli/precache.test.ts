/** The list of everything that a build consists of. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { precacheOf } from '../../src/cli/precache.ts';

const built = [
  { path: 'index.html', content: '<p>page</p>' },
  { path: 'assets/a-1234.js', content: 'one' },
];
const shipped = [
  { path: 'icon.svg', content: '<svg/>' },
  { path: 'data/digits.bin', content: Uint8Array.of(1, 2, 3) },
];
const sha256 = (content: string | Uint8Array) => `sha256-${createHash('sha256').update(content).digest('base64')}`;

test('names every file once, the page as its folder, with its size and its hash', () => {
  const { build, files } = precacheOf('b1', built, shipped);
  expect(build).toBe('b1');
  expect(files.map(({ url }) => url.replace(/v=[0-9a-f]{12}$/, 'v=…'))).toEqual([
    './',
    'assets/a-1234.js',
    'icon.svg',
    'data/digits.bin?v=…',
  ]);
  expect(files[1]).toEqual({ url: 'assets/a-1234.js', bytes: 3, integrity: sha256('one') });
  expect(files[3]?.bytes).toBe(3);
});

test('gives a file whose name does not say what is in it another name when it changes, and only then', () => {
  const addressOf = (content: string, order: (files: typeof shipped) => typeof shipped = (files) => files) =>
    precacheOf(
      'b1',
      built,
      order([
        { path: 'icon.svg', content: '<svg/>' },
        { path: 'data/digits.bin', content },
      ]),
    ).files.find(({ url }) => url.startsWith('data/'))?.url;
  expect(addressOf('old')).not.toBe(addressOf('new'));
  expect(addressOf('old')).toBe(addressOf('old', (files) => files.toReversed()));
});

test('takes a packed file unpacked too, as some servers send it', () => {
  const content = gzipSync('recorded');
  const [, file] = precacheOf('b1', [built[0] as (typeof built)[0]], [{ path: 'recordings/x.jsonl.gz', content }]).files;
  expect(file?.integrity.split(' ')).toEqual([sha256(content), sha256('recorded')]);
});

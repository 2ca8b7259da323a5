import { describe, expect, it } from 'vitest';
import { counting, file, idx, npy, read, refusalOf } from './build.ts';

const expected = 'expected: IDX, npy, npz, CSV, or PNG and JPEG pictures in one folder a class, also in a zip or gzip file';
const x = file('x.npy', npy('f4', [40, 2], counting(80, 5)));

describe('files of the user', () => {
  it.each([
    ['there are none', [], `there is no file to read; ${expected}`],
    ['one is hidden and alone', [file('.DS_Store', 'x')], `there is no file to read; ${expected}`],
    ['their kind is unknown', [file('model.pkl', 'x')], `model.pkl is of no known kind; ${expected}`],
    ['the kind of one is unknown', [x, file('y.mat', 'x')], `y.mat is of no known kind; ${expected}`],
    ['one is empty', [x, file('y.npy', '')], 'y.npy is empty; data is expected'],
    ['one of unknown kind is empty', [file('y', '')], 'y is empty; data is expected'],
    [
      'they are of two kinds',
      [x, file('y-ubyte', idx('u1', [40], counting(40, 2)))],
      'y-ubyte is an IDX file and x.npy is an npy file; files of one kind are expected',
    ],
    [
      'a text stands beside an array',
      [x, file('y.txt', '1')],
      'x.npy is an npy file and y.txt is a table; files of one kind are expected',
    ],
    [
      'there are more bytes than are read',
      [{ ...x, bytes: new Uint8Array(2 ** 28 + 1) }],
      'the files have 257 MiB; at most 256 MiB are allowed',
    ],
  ])('are refused if %s', async (_, files, sentence) => {
    expect(await refusalOf(...files)).toBe(sentence);
  });

  it('in a folder may have other things beside them', async () => {
    const y = file('data/y.npy', npy('u1', [40], counting(40, 2)));
    const { notes } = await read({ ...x, name: 'data/x.npy' }, y, file('data/README.md', 'hello'), file('data/.git/config', 'x'));
    expect(notes).toEqual(['Left out: data/README.md.']);
  });

  it('are called by tidy names', async () => {
    expect(await refusalOf(file('C:\\data\\a\nb.pkl', 'x'))).toBe(`C:/data/a?b.pkl is of no known kind; ${expected}`);
    expect(await refusalOf(file('./a.pkl', 'x'))).toBe(`a.pkl is of no known kind; ${expected}`);
  });
});

import { describe, expect, it } from 'vitest';
import { firstRows } from '../../src/data-files/first-rows.ts';
import { counting, file, npy, read } from './build.ts';

const labels = file('y.npy', npy('u1', [40], counting(40, 2)));
const pictures = (...[element, shape, values]: Parameters<typeof npy>) =>
  read(file('x.npy', npy(element, shape, values)), labels);

describe('the first rows', () => {
  it('of pictures are opaque pixels under the names of their classes', async () => {
    const shown = firstRows(await pictures('u1', [40, 1, 2], counting(80, 200)), 2);
    expect(shown).toEqual({
      kind: 'pictures',
      width: 2,
      height: 1,
      pictures: [
        { rgba: Uint8ClampedArray.of(0, 0, 0, 255, 1, 1, 1, 255), caption: '0' },
        { rgba: Uint8ClampedArray.of(2, 2, 2, 255, 3, 3, 3, 255), caption: '1' },
      ],
    });
  });

  it('of pictures in colour keep their colours', async () => {
    const shown = firstRows(await pictures('u1', [40, 1, 1, 3], counting(120, 250)), 1);
    expect(shown).toMatchObject({ pictures: [{ rgba: Uint8ClampedArray.of(0, 1, 2, 255) }] });
  });

  it('of pictures beyond [0, 1] are stretched, and of one shade are black', async () => {
    const wide = firstRows(
      await pictures(
        'f4',
        [40, 1, 3],
        counting(120, 3).map((value) => value - 1),
      ),
      1,
    );
    expect(wide).toMatchObject({
      pictures: [{ rgba: Uint8ClampedArray.of(0, 0, 0, 255, 128, 128, 128, 255, 255, 255, 255, 255) }],
    });
    const flat = firstRows(
      await pictures(
        'f4',
        [40, 1, 1],
        counting(40, 1).map(() => 7),
      ),
      1,
    );
    expect(flat).toMatchObject({ pictures: [{ rgba: Uint8ClampedArray.of(0, 0, 0, 255) }] });
  });

  it('of a table are its values under the names of its columns', async () => {
    const text = `a,b,label\n${counting(40, 2)
      .map((i) => `${i},${i + 0.5},${i ? 'dog' : 'cat'}`)
      .join('\n')}`;
    expect(firstRows(await read(file('a.csv', text)), 2)).toEqual({
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        { values: [0, 0.5], className: 'cat' },
        { values: [1, 1.5], className: 'dog' },
      ],
    });
  });

  it('are all of them if there are no more', async () => {
    const shown = firstRows(await pictures('u1', [40, 2], counting(80, 2)), 1000);
    expect(shown.kind === 'table' && shown.rows.length).toBe(40);
  });
});

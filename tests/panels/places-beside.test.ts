/** Names beside marks: none lies on another one. */
import { expect, test } from 'vitest';
import { placesBeside } from '../../src/panels/places-beside.ts';

const room = { x: 0, y: 0, width: 300, height: 300 };
const apart = (places: ReturnType<typeof placesBeside>) =>
  places.every((a, i) => places.slice(i + 1).every((b) => Math.abs(a.x - b.x) >= 20 || Math.abs(a.y - b.y) >= 13));

test('a name stands beside its mark', () => {
  expect(placesBeside([{ x: 100, y: 100 }], room)).toEqual([{ x: 117, y: 94 }]);
});

test('the names of marks that lie on each other, or side by side, can all be read', () => {
  for (const distance of [0, 3, 10, 25]) {
    const marks = Array.from({ length: 8 }, (_, i) => ({ x: 100 + distance * (i % 4), y: 100 + distance * Math.floor(i / 4) }));
    expect(apart(placesBeside(marks, room)), `${distance} pixels`).toBe(true);
  }
});

test('a name stays within the chart, beside a mark in its corner too', () => {
  expect(placesBeside([{ x: 300, y: 0 }], room)).toEqual([{ x: 283, y: 15 }]);
});

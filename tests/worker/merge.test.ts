import { describe, expect, it } from 'vitest';
import { merged } from '../../src/lab/merge.ts';

const turn = () => new Promise((later) => setTimeout(later));

/** A stream of `count` numbers, each after some turns of the clock, that tells how far it is. */
function counting(count: number, turns = 0) {
  const told = { given: 0, ended: false };
  async function* numbers() {
    try {
      while (told.given < count) {
        for (let i = 0; i < turns; i++) await turn();
        told.given++;
        yield told.given;
      }
    } finally {
      told.ended = true;
    }
  }
  return { told, stream: numbers() };
}

describe('merged streams', () => {
  it('give everything of each stream once and in its order', async () => {
    const heard: number[][] = [[], [], []];
    const streams = [counting(5), counting(3, 2), counting(0)];
    for await (const { from, value } of merged(streams.map(({ stream }) => stream))) heard[from]?.push(value);
    expect(heard).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], []]);
  });

  it('hear the fast while the slow are thinking', async () => {
    const order: number[] = [];
    for await (const { from } of merged([counting(1, 20).stream, counting(5).stream])) order.push(from);
    expect(order).toEqual([1, 1, 1, 1, 1, 0]);
  });

  it('are nothing when there are none', async () => {
    expect((await merged([]).next()).done).toBe(true);
  });

  it('pause together: whoever does not ask holds all of them', async () => {
    const streams = [counting(100), counting(100)];
    const all = merged(streams.map(({ stream }) => stream));
    for (let i = 0; i < 6; i++) await all.next();
    const at = streams.map(({ told }) => told.given);
    for (let i = 0; i < 10; i++) await turn();
    expect(streams.map(({ told }) => told.given)).toEqual(at);
    // Six were heard; each stream may have one more ready.
    expect(at.reduce((sum, given) => sum + given, 0)).toBeLessThanOrEqual(6 + 2);
    await all.return(undefined);
  });

  it('end together when whoever listens has heard enough', async () => {
    const streams = [counting(100), counting(100, 3)];
    for await (const { value } of merged(streams.map(({ stream }) => stream))) if (value === 3) break;
    expect(streams.map(({ told }) => told.ended)).toEqual([true, true]);
  });

  it('end together when one of them fails, and say why', async () => {
    const other = counting(100, 1);
    async function* failing() {
      yield 1;
      await turn();
      throw new Error('out of memory');
    }
    const all = (async () => {
      for await (const _ of merged([other.stream, failing()]));
    })();
    await expect(all).rejects.toThrow('out of memory');
    expect(other.told.ended).toBe(true);
    expect(other.told.given).toBeLessThan(100);
  });
});

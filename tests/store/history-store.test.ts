/** The runs that are kept, in a database in memory: how many, which of them are pinned, and what happens where there is no database. */
import { describe, expect, test, vi } from 'vitest';
import { createHistoryStore, pinnedOf } from '../../src/store/history-store.ts';
import { finished, keptRun, memoryDatabase } from './history-fixture.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

function setUp(broken?: () => Error | undefined) {
  const memory = memoryDatabase(broken);
  const opened = vi.fn(async () => memory.database);
  const store = createHistoryStore(opened);
  const seeds = () => store.getState().runs?.map(({ experiment }) => experiment.seed);
  const keep = (...given: readonly number[]) =>
    given.reduce((before, seed) => before.then(() => store.getState().keep(finished({ seed }), [])), Promise.resolve());
  return { ...memory, store, opened, seeds, keep };
}

describe('kept runs', () => {
  test('are there again when the page is opened again, the newest first', async () => {
    const { database, keep, seeds } = setUp();
    await keep(1, 2, 3);
    expect(seeds()).toEqual([3, 2, 1]);
    const again = createHistoryStore(async () => database);
    expect(again.getState().runs).toBeNull();
    await again.getState().load();
    expect(again.getState().runs?.map(({ experiment }) => experiment.seed)).toEqual([3, 2, 1]);
    expect(again.getState().trouble).toBeNull();
  });

  test('are at most two hundred: the oldest go, with what they brought home, unless they are pinned', async () => {
    const { store, runs, finds, keep, seeds } = setUp();
    await keep(1, 2);
    await store.getState().pin(1, true);
    await keep(...Array.from({ length: 200 }, (_, i) => 3 + i));
    expect(runs.size).toBe(200);
    expect(finds.size).toBe(200);
    expect(seeds()?.slice(0, 2)).toEqual([202, 201]);
    expect(seeds()?.slice(-2)).toEqual([4, 1]);
  });

  test('are pinned four at most, whichever tab pins them', async () => {
    const { store, keep, database } = setUp();
    await keep(1, 2, 3, 4, 5);
    for (const id of [1, 2, 3]) await store.getState().pin(id, true);
    await database.pin(4, true); // in another tab
    await store.getState().pin(5, true);
    expect(pinnedOf(store.getState()).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    await store.getState().pin(2, false);
    await store.getState().pin(5, true);
    expect(pinnedOf(store.getState()).map(({ id }) => id)).toEqual([5, 4, 3, 1]);
  });

  test('stay the same values as long as nothing of them changes', async () => {
    const { store, keep } = setUp();
    await keep(1, 2);
    const before = store.getState().runs;
    await store.getState().pin(2, true);
    expect(store.getState().runs?.[0]).toMatchObject({ id: 2, pinned: true });
    expect(store.getState().runs?.[1]).toBe(before?.[1]);
  });

  test('that are pinned have what they brought home read', async () => {
    const { store, keep } = setUp();
    const roc = {
      kind: 'roc',
      title: '',
      falsePositiveRate: [0, 1],
      truePositiveRate: [0, 1],
      positives: 1,
      negatives: 1,
    } as const;
    await keep(1);
    await store.getState().keep(finished({ seed: 2 }), [[roc], []]);
    expect(store.getState().finds).toEqual({});
    await store.getState().pin(2, true);
    expect(store.getState().finds).toEqual({ 2: [[roc], []] });
  });

  test('are deleted one by one, and all', async () => {
    const { store, keep, seeds, runs, finds } = setUp();
    await keep(1, 2, 3);
    await store.getState().remove(2);
    expect(seeds()).toEqual([3, 1]);
    await store.getState().removeAll();
    expect(seeds()).toEqual([]);
    expect(runs.size + finds.size).toBe(0);
  });

  test('that are junk are skipped', async () => {
    const { store, runs, keep, seeds } = setUp();
    await keep(1);
    for (const junk of [null, 7, 'run', [], {}, { ...keptRun(9), link: 'https://elsewhere.example' }])
      runs.set(runs.size + 10, junk);
    await store.getState().load();
    expect(seeds()).toEqual([1]);
  });
});

describe('where there is no database', () => {
  test('nothing is kept, one sentence says why, and the next time it is tried again', async () => {
    const { store, opened, keep } = setUp();
    opened.mockRejectedValueOnce(new Error('indexedDB is not defined.'));
    await keep(1);
    expect(store.getState().runs).toBeNull();
    expect(store.getState().trouble).toBe(
      'Your runs are not kept: this browser’s storage cannot be used (indexedDB is not defined).',
    );
    await keep(2);
    expect(store.getState().trouble).toBeNull();
    expect(store.getState().runs).toHaveLength(1);
  });

  test('and where it is full, what was kept still stands', async () => {
    let full = false;
    const { store, keep, seeds } = setUp(() => (full ? new DOMException('no room', 'QuotaExceededError') : undefined));
    await keep(1);
    full = true;
    await keep(2);
    expect(store.getState().trouble).toContain('no room left');
    expect(seeds()).toEqual([1]);
  });
});

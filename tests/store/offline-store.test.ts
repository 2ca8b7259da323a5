/** The store of what is kept for use without a network, with a keeper that does as it is told. React is made unloadable. */
import { expect, test, vi } from 'vitest';
import { createOfflineStore, type Keeper, type Kept, NotKept } from '../../src/store/offline-store.ts';

vi.mock('react', () => {
  throw new Error('the store imported React');
});

const all: Kept = { files: 9, missing: 0, bytes: 900 };

function setUp(keep: Keeper['keep'] = async () => all, update: Keeper['update'] = async () => true) {
  let tellNewer: () => void = () => undefined;
  let loads = 0;
  const store = createOfflineStore(async (onNewer) => {
    loads++;
    tellNewer = onNewer;
    return { keep, update };
  });
  return { store, newer: () => tellNewer(), loads: () => loads };
}

test('loads its keeper only when it is asked for, and says how far it is', async () => {
  let go: () => void = () => undefined;
  const { store, loads } = setUp(async (tell) => {
    tell({ ...all, missing: 4 });
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    return all;
  });
  expect(loads()).toBe(0);
  const done = store.getState().prepare();
  await vi.waitFor(() => expect(store.getState()).toMatchObject({ status: 'preparing', kept: { missing: 4 } }));
  expect(store.getState().prepare()).toBe(done); // not twice at once
  go();
  await done;
  expect(store.getState()).toMatchObject({ status: 'ready', kept: all, why: null });
  expect(loads()).toBe(1);
});

test('says why nothing is kept, and can be asked again', async () => {
  let calls = 0;
  const { store } = setUp(async () => {
    if (calls++ === 0) throw new NotKept({ type: 'file', file: 'a.js', full: false });
    if (calls === 2) throw new Error('out of luck');
    return all;
  });
  await store.getState().prepare();
  expect(store.getState()).toMatchObject({ status: 'failed', why: { type: 'file', file: 'a.js' } });
  await store.getState().prepare();
  expect(store.getState()).toMatchObject({ status: 'failed', why: { type: 'refused', says: 'Error: out of luck' } });
  await store.getState().prepare();
  expect(store.getState()).toMatchObject({ status: 'ready', why: null });
});

test('loads its keeper again when its file did not come', async () => {
  let loads = 0;
  const store = createOfflineStore(async () => {
    if (loads++ === 0) throw new Error('no network');
    return { keep: async () => all, update: async () => true };
  });
  await store.getState().prepare();
  expect(store.getState().status).toBe('failed');
  await store.getState().prepare();
  expect(store.getState().status).toBe('ready');
});

test('hears of a newer build, and knows whether the server was asked', async () => {
  const { store, newer } = setUp(undefined, async () => {
    throw new Error('no network');
  });
  await store.getState().prepare();
  expect(store.getState()).toMatchObject({ newer: false, asked: null });
  await store.getState().update();
  expect(store.getState().asked).toBe(false);
  newer();
  expect(store.getState().newer).toBe(true);
});

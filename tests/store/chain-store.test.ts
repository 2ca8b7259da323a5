/** The store of chains: what is asked of the engine, and what is folded of its news. */
import { describe, expect, it, vi } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { type Chain, resolveChain } from '../../src/core/chain.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { ChainNews } from '../../src/lab/chain-news.ts';
import type { EngineMessage } from '../../src/lab/messages.ts';
import { writeRecording } from '../../src/lab/recording.ts';
import { createChainStore, shownNews } from '../../src/store/chain-store.ts';
import { chainIn, chainsLink, pageOf } from '../../src/store/link.ts';

function setUp(readRecording?: (id: string) => string) {
  const asked: { chain: Chain; seeds: readonly number[] }[] = [];
  let stops = 0;
  let listener: (message: EngineMessage) => void = () => undefined;
  const store = createChainStore(
    {
      chain: (chain, seeds) => asked.push({ chain, seeds }),
      stop: () => {
        stops++;
      },
      subscribe(next) {
        listener = next;
        return () => undefined;
      },
    },
    chains,
    catalog,
    readRecording && (async (id) => readRecording(id)),
  );
  return { store, asked, stops: () => stops, tell: (message: EngineMessage) => listener(message) };
}

const news = (done: number): ChainNews => ({
  type: 'chained',
  done,
  total: 9,
  phase: 'training',
  result: { links: [], matrix: [] },
});

describe('the store of chains', () => {
  it('begins with the first lesson, and runs the chosen one at as many seeds as were chosen', () => {
    const { store, asked } = setUp();
    expect(store.getState().lesson).toBe(chains[0]?.id);
    store.getState().choose('poison-then-infer');
    store.getState().takeSeeds(6);
    store.getState().start();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.seeds).toEqual([1, 2, 3, 4, 5, 6]);
    expect(asked[0]?.chain.links.map(({ experiment }) => experiment.attack.id)).toEqual(['truth-serum', 'lira']);
    expect(store.getState().status).toBe('running');
  });

  it('keeps the latest news of its own run, and forgets them when the run begins again', () => {
    const { store, tell } = setUp();
    store.getState().start();
    tell({ ...news(1), run: 1 });
    tell({ ...news(2), run: 1 });
    tell({ ...news(7), run: 2 });
    expect(store.getState().news?.done).toBe(2);
    tell({ type: 'started', run: 1 });
    expect(store.getState().news).toBeNull();
    tell({ ...news(9), run: 1 });
    tell({ type: 'finished', run: 1, seconds: 3 });
    expect(store.getState()).toMatchObject({ status: 'finished', news: { done: 9 } });
    tell({ ...news(1), run: 1 }); // late
    expect(store.getState().news?.done).toBe(9);
  });

  it('stops when another lesson is chosen or the page is left, and does not choose what is not known', () => {
    const { store, stops } = setUp();
    store.getState().start();
    store.getState().choose('nothing');
    expect(stops()).toBe(0);
    store.getState().choose('launder-then-train');
    expect(stops()).toBe(1);
    expect(store.getState()).toMatchObject({ status: 'idle', lesson: 'launder-then-train', news: null });
    store.getState().start();
    store.getState().leave();
    expect(stops()).toBe(2);
    expect(store.getState().status).toBe('stopped');
  });

  it('takes another chain from a link, in so far as it fits', () => {
    const { store } = setUp();
    store.getState().open('backdoor-through-theft', ['badnets', 'knockoff', 'mi-face']);
    const ids = () => store.getState().chain.links.map(({ experiment }) => experiment.attack.id);
    expect(ids()).toEqual(['badnets', 'knockoff', 'mi-face']);
    expect(store.getState().composed).toBe(true);
    store.getState().choose('backdoor-through-theft');
    expect(store.getState()).toMatchObject({ composed: false });
    store.getState().open('backdoor-through-theft', ['badnets', 'nothing', 'lira']);
    expect(ids()).toEqual(['badnets', 'knockoff']);
    store.getState().open('nothing', []);
    expect(store.getState().lesson).toBe('backdoor-through-theft');
  });

  it('is drawn anew, arrow by arrow, and goes on along another; what does not fit is not drawn', () => {
    const { store } = setUp();
    const axes = () => store.getState().chain.links.map(({ experiment }) => experiment.attack.id);
    store.getState().draw();
    expect(store.getState().drawn).toEqual([]);
    store.getState().along('data-to-model');
    store.getState().along('data-to-data'); // nothing there takes up a poison
    expect(store.getState().drawn).toEqual(['data-to-model']);
    store.getState().along('model-to-model');
    expect(store.getState()).toMatchObject({ drawn: null, composed: true });
    expect(axes()).toHaveLength(2);
    store.getState().along('model-to-data');
    expect(axes()).toHaveLength(3);
    const before = store.getState().chain;
    store.getState().draw();
    store.getState().draw(); // given up
    expect(store.getState()).toMatchObject({ drawn: null, chain: before });
  });

  it('takes options of an attack, from a link too, and refuses what is not allowed with the reason', () => {
    const { store } = setUp();
    store.getState().choose('steal-then-invert');
    store.getState().setOption(0, 'queries', 500);
    const first = () => store.getState().chain.links[0]?.experiment.attack;
    expect(first()).toMatchObject({ id: 'knockoff', queries: 500 });
    expect(store.getState()).toMatchObject({ composed: true, refusal: null });
    store.getState().setOption(0, 'queries', -1);
    expect(store.getState().refusal).toMatch(/queries is -1; allowed/);
    expect(first()).toMatchObject({ queries: 500 });
    const { lesson, attacks, options } = chainIn(
      chainsLink('steal-then-invert', [{ id: 'knockoff', queries: 700 }, { id: 'mi-face' }]),
    );
    store.getState().choose('backdoor-through-theft');
    store
      .getState()
      .open(lesson, attacks, [
        ...options,
        { place: 0, option: 'constructor', text: '1' },
        { place: 3, option: 'queries', text: '1' },
      ]);
    expect(first()).toMatchObject({ id: 'knockoff', queries: 700 });
  });

  it('shows what was recorded of the lesson until it is run, and nothing that is of another chain', async () => {
    const recorded = (chain: Chain) =>
      writeRecording({
        subject: { chain, seeds: [1] },
        backend: 'wasm',
        messages: [
          { at: 0, message: news(9) },
          { at: 1, message: { type: 'finished', seconds: 1 } },
        ],
      });
    const { store } = setUp((id) => recorded(resolveChain(chains.find((one) => one.id === id)?.chain, catalog)));
    store.getState().choose('poison-then-infer');
    await vi.waitFor(() => expect(shownNews(store.getState())?.done).toBe(9));
    store.getState().start();
    expect(shownNews(store.getState())).toBeNull();
    const { store: other } = setUp(() => recorded(store.getState().chain));
    other.getState().choose('launder-then-train');
    await Promise.resolve();
    await Promise.resolve();
    expect(shownNews(other.getState())).toBeNull();
  });

  it('says why it failed', () => {
    const { store, tell } = setUp();
    store.getState().start();
    tell({ type: 'failed', run: 1, message: 'no memory' });
    expect(store.getState()).toMatchObject({ status: 'failed', failure: 'no memory' });
  });
});

it('a link leads to a chain', () => {
  for (const { id } of chains) {
    expect(pageOf(chainsLink(id))).toBe('chains');
    expect(chainIn(chainsLink(id))).toEqual({ lesson: id, attacks: [], options: [] });
  }
  expect(pageOf(chainsLink())).toBe('chains');
  expect(chainIn(chainsLink())).toEqual({ lesson: undefined, attacks: [], options: [] });
  expect(chainIn(chainsLink('a', [{ id: 'b' }, { id: 'c', queries: 500, choose: 'at random' }]))).toEqual({
    lesson: 'a',
    attacks: ['b', 'c'],
    options: [
      { place: 1, option: 'queries', text: '500' },
      { place: 1, option: 'choose', text: 'at random' },
    ],
  });
  expect(pageOf('#/chainsaw')).toBe('lab');
});

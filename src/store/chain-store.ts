/** The store of the page of chains, beside the one of the lab. It knows no React and no DOM either. */
import { createStore } from 'zustand/vanilla';
import type { ChainLesson } from '../chains/chain.ts';
import type { Axis } from '../core/attack.ts';
import { type Chain, resolveChain } from '../core/chain.ts';
import { type Catalog, find } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { ParamValue } from '../core/params.ts';
import type { ChainNews } from '../lab/chain-news.ts';
import type { Engine, EngineMessage } from '../lab/messages.ts';
import { readRecording as recordingIn } from '../lab/recording.ts';
import { axesAhead, choicesAt, type GivenChain, pairAlong, shorter, withArrow, withAttack, withOption } from './compose.ts';
import { readValue } from './read-value.ts';

export interface ChainState {
  readonly status: 'idle' | 'running' | 'finished' | 'stopped' | 'failed';
  /** The number under which the engine runs it; messages of any other run are not about it, or late. */
  readonly run: number;
  /** The id of the lesson that is shown, or from which a person's own chain began. */
  readonly lesson: string;
  /** As a person would type it, and complete. */
  readonly given: GivenChain;
  readonly chain: Chain;
  /** Whether it is another one than the lesson's. */
  readonly composed: boolean;
  readonly seeds: number;
  /** The number of the defense whose chain the loop shows; none for the undefended chain. */
  readonly shown: number | undefined;
  /** What is known so far. */
  readonly news: ChainNews | null;
  /** What came of the lesson when it was recorded, until it is run here. */
  readonly recorded: ChainNews | null;
  readonly failure: string | null;
  /** The arrows that are drawn so far of a chain that begins anew; null where none does. */
  readonly drawn: readonly Axis[] | null;
  /** Why an option was not taken. */
  readonly refusal: string | null;
}

/** As a link says it. */
export interface ChainOption {
  readonly place: number;
  readonly option: string;
  readonly text: string;
}

/** What is shown: what is known of this run, or what was recorded. */
export const shownNews = ({ news, recorded }: ChainState): ChainNews | null => news ?? recorded;

export interface ChainActions {
  /** Another lesson; what was found of the last one goes. One that is not known is left out. */
  choose(lesson: string): void;
  /** What a link says; attacks that do not fit are left out, and so is all that is not known. */
  open(lesson: string | undefined, attacks: readonly string[], options?: readonly ChainOption[]): void;
  /** Puts an attack at a place, at the end too; what does not fit behind it goes. */
  put(place: number, attack: string): void;
  /** Begins a chain anew, on the same data: its first two arrows are still to be drawn. Once more, and it is given up. */
  draw(): void;
  /** Goes on along an arrow, where something fits there. */
  along(axis: Axis): void;
  /** Sets an option of the attack at a place; one that cannot be is refused with the reason. */
  setOption(place: number, option: string, value: ParamValue): void;
  /** Leaves the last link out. */
  shorten(): void;
  takeSeeds(seeds: number): void;
  show(defense: number | undefined): void;
  start(): void;
  stop(): void;
  /** The person has gone to another page, which needs the engine. */
  leave(): void;
}

/** How many seeds a person can choose: one is quick and has no interval. */
export const seedChoices = [1, 3, 6] as const;

export function createChainStore(
  engine: Pick<Engine, 'chain' | 'stop' | 'subscribe'>,
  lessons: readonly ChainLesson[],
  catalog: Catalog,
  /** The recorded run of a lesson, as text; rejects where there is none. */
  readRecording?: (id: string) => Promise<string>,
) {
  const showRecorded = async (id: string) => {
    const text = await readRecording?.(id).catch(() => undefined);
    const { lesson, composed, chain, news } = store.getState();
    if (text !== undefined && lesson === id && !composed && !news) store.setState({ recorded: newsIn(text, chain) });
  };
  const opened = (id: string) => {
    const lesson = lessons.find((one) => one.id === id) ?? (lessons[0] as ChainLesson);
    const given = lesson.chain as GivenChain;
    return { ...fresh, lesson: lesson.id, given, chain: resolveChain(given, catalog), composed: false };
  };
  const changed = (before: GivenChain, given: GivenChain) =>
    before === given ? {} : { ...fresh, given, chain: resolveChain(given, catalog), composed: true };
  const store = createStore<ChainState & ChainActions>()((set, get) => ({
    ...opened(''),
    seeds: 3,
    choose(lesson) {
      if ((lesson === get().lesson && !get().composed) || !lessons.some(({ id }) => id === lesson)) return;
      get().stop();
      set(opened(lesson));
      void showRecorded(lesson);
    },
    open(lesson, attacks, options = []) {
      if (lesson !== undefined) get().choose(lesson);
      if (!get().recorded) void showRecorded(get().lesson);
      for (const [place, attack] of attacks.entries()) {
        const { given, put } = get();
        if (choicesAt(given, place, catalog).includes(attack)) put(place, attack);
      }
      while (attacks.length > 1 && get().given.links.length > Math.max(2, attacks.length)) get().shorten();
      for (const { place, option, text } of options) {
        const { given, setOption } = get();
        const { params } = find(catalog.attacks, 'attack', given.links[place]?.attack.id ?? given.links[0]?.attack.id);
        const param = given.links[place] && Object.hasOwn(params, option) ? params[option] : undefined;
        const value = param && taken(() => readValue(param, text, option, () => undefined));
        if (value !== undefined) setOption(place, option, value);
      }
    },
    draw() {
      get().stop();
      set(({ drawn }) => ({ drawn: drawn ? null : [] }));
    },
    along(axis) {
      const { given, drawn } = get();
      if (!axesAhead(given, drawn, catalog).includes(axis)) return;
      const [first] = drawn ?? [];
      if (drawn && !first) set({ drawn: [axis] });
      else {
        get().stop();
        const next = first ? pairAlong(given, first, axis, catalog) : withArrow(given, axis, catalog);
        set(changed(given, next ?? given));
      }
    },
    setOption(place, option, value) {
      get().stop();
      try {
        set((state) => changed(state.given, withOption(state.given, place, option, value)));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        set({ refusal: error.message });
      }
    },
    put(place, attack) {
      get().stop();
      set((state) => changed(state.given, withAttack(state.given, place, attack, catalog)));
    },
    shorten() {
      get().stop();
      set((state) => changed(state.given, shorter(state.given, catalog)));
    },
    takeSeeds: (seeds) => set({ seeds }),
    show: (shown) => set({ shown }),
    start() {
      const { chain, seeds } = get();
      const all = Array.from({ length: seeds }, (_, i) => chain.seed + i);
      set({ ...fresh, shown: get().shown, status: 'running', run: engine.chain(chain, all) });
    },
    stop() {
      if (get().status === 'running') engine.stop();
    },
    leave() {
      if (get().status !== 'running') return;
      engine.stop();
      set({ status: 'stopped' });
    },
  }));
  engine.subscribe((message) => store.setState((state) => foldChain(state, message)));
  return store;
}

/** The last news of a recording, if it is one of this chain. */
function newsIn(text: string, chain: Chain): ChainNews | null {
  const recording = taken(() => recordingIn(text));
  if (!recording || !('chain' in recording.subject) || JSON.stringify(recording.subject.chain) !== JSON.stringify(chain))
    return null;
  const last = recording.messages.findLast(({ message }) => message.type === 'chained')?.message;
  return last?.type === 'chained' ? last : null;
}

const fresh = {
  status: 'idle',
  run: 0,
  shown: undefined,
  news: null,
  recorded: null,
  failure: null,
  drawn: null,
  refusal: null,
} as const;

/** What it gives, or nothing where it is refused. */
function taken<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function foldChain<S extends ChainState>(state: S, message: EngineMessage): S {
  if (state.status !== 'running' || !('run' in message) || message.run !== state.run) return state;
  switch (message.type) {
    case 'started':
      return { ...state, news: null }; // after a fault it begins again
    case 'chained':
      return { ...state, news: message };
    case 'finished':
    case 'stopped':
      return { ...state, status: message.type };
    case 'failed':
      return { ...state, status: 'failed', failure: message.message };
    default:
      return state;
  }
}

export type ChainStore = ReturnType<typeof createChainStore>;

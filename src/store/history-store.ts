/**
 * The runs that were finished in this browser, kept in a database that is handed in. Everything goes on where there is none, or no room in
 * it: one sentence then says so.
 */
import { createStore } from 'zustand/vanilla';
import { readFinds, readRun } from './history-read.ts';
import type { FinishedRun, KeptFinds, KeptRun } from './history-run.ts';
import { texts } from './texts.ts';

/** What it takes to keep runs. Whatever comes out of it is checked. */
export interface RunDatabase {
  runs(): Promise<readonly unknown[]>;
  finds(id: number): Promise<unknown>;
  /** Keeps both under a number that is higher than all before it. */
  add(run: FinishedRun, finds: KeptFinds): Promise<unknown>;
  pin(id: number, pinned: boolean): Promise<void>;
  remove(ids: readonly number[]): Promise<void>;
  clear(): Promise<void>;
}

export interface HistoryState {
  /** The newest first; null until they have been read. */
  readonly runs: readonly KeptRun[] | null;
  /** What was brought home in the runs that are compared, as far as it has been read. */
  readonly finds: Readonly<Record<number, KeptFinds>>;
  /** Why nothing is kept, or changed. */
  readonly trouble: string | null;
}

export interface HistoryActions {
  load(): Promise<void>;
  /** Keeps a run; the oldest ones that are not pinned make room. */
  keep(run: FinishedRun, finds: KeptFinds): Promise<void>;
  /** Pins a run to compare it, as long as there is a place, or gives its place up. */
  pin(id: number, pinned: boolean): Promise<void>;
  remove(id: number): Promise<void>;
  removeAll(): Promise<void>;
}

const mostRuns = 200;
export const mostPinned = 4;

export const pinnedOf = ({ runs }: Pick<HistoryState, 'runs'>): readonly KeptRun[] => (runs ?? []).filter(({ pinned }) => pinned);

/** @param open is asked for the database when it is needed, and again after it failed */
export function createHistoryStore(open: () => Promise<RunDatabase>) {
  let opened: Promise<RunDatabase> | undefined;
  const database = () => {
    opened ??= open();
    return opened;
  };
  return createStore<HistoryState & HistoryActions>()((set, get) => {
    const read = async () => {
      const all = await (await database()).runs();
      const before = new Map(get().runs?.map((run) => [run.id, run]));
      // What is the same is the same value, so that nothing is drawn anew: of a run only the pin ever changes.
      const same = (run: KeptRun) => (before.get(run.id)?.pinned === run.pinned ? before.get(run.id) : undefined) ?? run;
      return all
        .flatMap((one) => readRun(one) ?? [])
        .map(same)
        .sort((a, b) => b.id - a.id);
    };
    /** Does it, and shows what is there then. */
    const change = async (work: (database: RunDatabase) => Promise<unknown>) => {
      try {
        await work(await database());
        const runs = await read();
        set({ runs, trouble: null });
        await readMissingFinds();
      } catch (error) {
        opened = undefined; // a browser may close it at any time
        set({ trouble: troubleOf(error) });
      }
    };
    const readMissingFinds = async () => {
      for (const { id } of pinnedOf(get())) {
        if (get().finds[id]) continue;
        const found = readFinds(await (await database()).finds(id));
        set(({ finds }) => ({ finds: { ...finds, [id]: found } }));
      }
    };
    return {
      runs: null,
      finds: {},
      trouble: null,
      load: () => change(async () => undefined),
      keep: (run, finds) =>
        change(async (kept) => {
          await kept.add(run, finds);
          const surplus = tooMany(await read());
          if (surplus.length > 0) await kept.remove(surplus);
        }),
      pin: (id, pinned) =>
        change(async (kept) => {
          // Another tab may have pinned some.
          if (!pinned || pinnedOf({ runs: await read() }).length < mostPinned) await kept.pin(id, pinned);
        }),
      remove: (id) => change((kept) => kept.remove([id])),
      removeAll: () => change((kept) => kept.clear()),
    };
  });
}

/** @param runs the newest first */
const tooMany = (runs: readonly KeptRun[]): number[] => {
  const loose = runs.filter(({ pinned }) => !pinned);
  const surplus = runs.length - mostRuns;
  return surplus > 0 ? loose.slice(-surplus).map(({ id }) => id) : [];
};

function troubleOf(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return name === 'QuotaExceededError' ? texts.history.full : texts.history.unavailable(message);
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;

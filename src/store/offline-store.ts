/**
 * Whether the page works without a network, and whether a newer build waits. Whoever keeps the files is handed in, and loaded only when it
 * is asked for: nothing of it competes with the first run.
 */
import { createStore } from 'zustand/vanilla';

/** How much of this build is on the device. */
export interface Kept {
  readonly files: number;
  readonly missing: number;
  readonly bytes: number;
}

export type OfflineWhy =
  /** It needs https or localhost. */
  | { readonly type: 'insecure' }
  /** The browser offers no service worker, in a private window for one; or the page was not built. */
  | { readonly type: 'not offered' }
  | { readonly type: 'not built' }
  /** A file could not be had as it was built, or there is no room for it. */
  | { readonly type: 'file'; readonly file: string; readonly full: boolean }
  | { readonly type: 'refused'; readonly says: string };

export class NotKept extends Error {
  readonly why: OfflineWhy;
  constructor(why: OfflineWhy) {
    super(why.type);
    this.why = why;
  }
}

/** Whoever keeps the files. */
export interface Keeper {
  /**
   * Keeps all files of the newest build, and tells how far it is.
   * @throws NotKept where it cannot
   */
  keep(tell: (kept: Kept) => void): Promise<Kept>;
  /** Asks the server for a newer build, and keeps it where there is one. False where the server does not answer. */
  update(): Promise<boolean>;
}

export interface OfflineState {
  readonly status: 'waiting' | 'preparing' | 'ready' | 'failed';
  readonly kept: Kept | null;
  readonly why: OfflineWhy | null;
  /** A newer build is there, and will be used when the page is next opened. */
  readonly newer: boolean;
  /** Whether the server was asked for a newer build and answered; null before that. */
  readonly asked: boolean | null;
}

export interface OfflineActions {
  /** Makes it ready, or sees whether it still is. Never more than once at a time. */
  prepare(): Promise<void>;
  /** Asks whether there is a newer build. */
  update(): Promise<void>;
}

/** @param load is handed what to call when a newer build is there */
export function createOfflineStore(load: (onNewer: () => void) => Promise<Keeper>) {
  let loaded: Promise<Keeper> | undefined;
  let preparing: Promise<void> | undefined;
  return createStore<OfflineState & OfflineActions>()((set) => {
    const keeper = () => {
      loaded ??= load(() => set({ newer: true }));
      loaded.catch(() => {
        loaded = undefined; // its file did not come; it may the next time
      });
      return loaded;
    };
    const prepare = async () => {
      set({ status: 'preparing', why: null });
      try {
        const kept = await (await keeper()).keep((soFar) => set({ kept: soFar }));
        set({ status: 'ready', kept });
      } catch (error) {
        const why: OfflineWhy = error instanceof NotKept ? error.why : { type: 'refused', says: String(error) };
        set({ status: 'failed', why });
      }
    };
    return {
      status: 'waiting',
      kept: null,
      why: null,
      newer: false,
      asked: null,
      prepare() {
        preparing ??= prepare().finally(() => {
          preparing = undefined;
        });
        return preparing;
      },
      async update() {
        const asked = await keeper()
          .then((one) => one.update())
          .catch(() => false);
        set({ asked });
      },
    };
  });
}

export type OfflineStore = ReturnType<typeof createOfflineStore>;

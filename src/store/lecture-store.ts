/** Where a lecture is: at which step of the story, in which dress, and what was guessed. It knows no React and no DOM. */
import { createStore } from 'zustand/vanilla';

/** `story` leads through the lab; `present` is for a room: two pictures, large numbers, one sentence. */
export type LectureMode = 'off' | 'story' | 'present';

export interface LectureState {
  readonly mode: LectureMode;
  readonly step: number;
  readonly steps: number;
  /** Whether the screen is dark, so that all look at who speaks. */
  readonly blank: boolean;
  /** Whether the lanes with a defense are on, where somebody switched them; null where the step decides. */
  readonly defended: boolean | null;
  /** What was guessed of the attack's number, by lane. */
  readonly guesses: Readonly<Partial<Record<'undefended' | 'defended', number>>>;
  /** When it began, on the clock on the wall. */
  readonly startedAt: number | null;
}

export interface LectureActions {
  /** Begins, at the first step; or goes on in another dress. */
  enter(mode: Exclude<LectureMode, 'off'>): void;
  leave(): void;
  /** Another story; it begins at its first step. */
  about(steps: number): void;
  goTo(step: number): void;
  next(): void;
  back(): void;
  toggleBlank(): void;
  /** @param now whether they are on */
  switchDefense(now: boolean): void;
  guess(lane: 'undefended' | 'defended', value: number): void;
}

const fresh = { step: 0, blank: false, defended: null, guesses: {}, startedAt: null } as const;

export function createLectureStore(now: () => number = Date.now) {
  return createStore<LectureState & LectureActions>()((set, get) => ({
    ...fresh,
    mode: 'off',
    steps: 1,
    enter(mode) {
      const begun = get().mode !== 'off';
      set(begun ? { mode } : { ...fresh, mode, startedAt: now() });
    },
    leave: () => set({ ...fresh, mode: 'off' }),
    about: (steps) => set(({ startedAt }) => ({ ...fresh, startedAt, steps })),
    goTo(step) {
      const { steps } = get();
      set({ step: Math.min(steps - 1, Math.max(0, step)), defended: null, blank: false });
    },
    next: () => get().goTo(get().step + 1),
    back: () => get().goTo(get().step - 1),
    toggleBlank: () => set(({ blank }) => ({ blank: !blank })),
    switchDefense: (on) => set({ defended: !on }),
    guess: (lane, value) => set(({ guesses }) => ({ guesses: { ...guesses, [lane]: value } })),
  }));
}

export type LectureStore = ReturnType<typeof createLectureStore>;

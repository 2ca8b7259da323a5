/** Before a lecture: what was found on this device becomes checks, checks become one line, and all of it a report. Looks at nothing itself. */
import type { Scenario } from '../scenarios/scenario.ts';
import type { OfflineState } from './offline-store.ts';
import { overviewOf, type RunState } from './run-state.ts';
import { texts } from './texts.ts';

/** What the page found out about the device. */
export interface Facts {
  readonly secure: boolean;
  /** Null while the browser is asked. */
  readonly graphics: Graphics | null;
  readonly backend: RunState['backend'];
  readonly wasm: { readonly there: boolean; readonly simd: boolean; readonly threads: boolean };
  readonly trial: Trial;
  readonly offline: Pick<OfflineState, 'status' | 'kept' | 'why' | 'newer' | 'asked'>;
  /** Whether the browser says that there is a network at all. */
  readonly online: boolean;
  /** Null while the browser is asked. */
  readonly storage: Storage | null;
  readonly screen: { readonly width: number; readonly height: number; readonly zoom: number };
  readonly still: boolean;
  /** The last key that arrived, as browsers name it. */
  readonly key: string | null;
  readonly fullScreen: boolean;
}

export interface Graphics {
  readonly offered: boolean;
  /** What the adapter calls itself; null where there is none. */
  readonly adapter: string | null;
  readonly software: boolean;
}

interface Storage {
  readonly offered: boolean;
  readonly persisted: boolean;
  /** Bytes that the browser still allows. */
  readonly free: number;
}

export interface Trial {
  readonly status: 'waiting' | 'running' | 'finished' | 'failed';
  readonly share: number;
  readonly seconds: number | null;
  readonly failure: string | null;
  /** Numbers that are not where the scenario expects them. */
  readonly unusual: readonly string[];
}

export type CheckState = 'good' | 'remark' | 'bad' | 'pending' | 'open';

const checkIds = [
  ...(['secure', 'graphics', 'gradient', 'wasm', 'speed', 'numbers', 'offline', 'newest', 'storage'] as const),
  ...(['screen', 'motion', 'keyboard', 'fullScreen'] as const),
] as const;
type CheckId = (typeof checkIds)[number];

interface Finding {
  readonly state: CheckState;
  readonly says: string;
  /** What to do about it. */
  readonly advice?: string;
}

export interface Check extends Finding {
  readonly id: CheckId;
}

/** The verdict on the default scenario is promised within this time on a laptop without a GPU. */
const secondsPromised = 10;
/** A window on a 1280 × 720 projector is that wide; the browser's own rows take some of the height. */
const leastWidth = 1280;
const leastHeight = 560;
/** The files of a newer build, beside those that are kept. */
const leastFree = 50e6;
/** What the presenter listens to. */
const steady = [' ', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Escape'];
const letters = 'pdrfsb.';

/** What others say, such as why a backend does not start, in the language of the page. */
type Say = (text: string) => string;
const asItIs: Say = (text) => text;

export const checksOf = (facts: Facts, say: Say = asItIs): readonly Check[] =>
  checkIds.map((id) => ({ id, ...look[id](facts, say) }));

const good = (says: string): Finding => ({ state: 'good', says });
const remark = (says: string, advice: string): Finding => ({ state: 'remark', says, advice });
const bad = (says: string, advice: string): Finding => ({ state: 'bad', says, advice });
const pending = (says: string): Finding => ({ state: 'pending', says });

const look: Readonly<Record<CheckId, (facts: Facts, say: Say) => Finding>> = {
  secure: ({ secure }) =>
    secure ? good(texts.preflight.secure.good) : remark(texts.preflight.secure.not, texts.preflight.secure.advice),

  graphics({ graphics, backend, trial }, say) {
    if (!graphics || !backend) return nothingComputes(trial, say) ?? pending(texts.preflight.asking);
    if (backend.name === 'webgpu') return good(texts.preflight.graphics.good(graphics.adapter ?? ''));
    const line = backend.ladder.find((one) => one.startsWith('webgpu: '))?.slice('webgpu: '.length);
    if (!line) return remark(texts.preflight.graphics.notTried(backend.name), texts.preflight.graphics.notTriedAdvice);
    const advice = !graphics.offered ? 'notOffered' : !graphics.adapter || graphics.software ? 'noAdapter' : 'refused';
    return remark(texts.preflight.graphics.instead(say(line), backend.name), texts.preflight.graphics.advice[advice]);
  },

  gradient({ backend, trial }, say) {
    if (!backend) return nothingComputes(trial, say) ?? pending(texts.preflight.asking);
    const wrong = backend.ladder.filter((line) => line.includes('gradients'));
    return wrong.length > 0
      ? remark(texts.preflight.gradient.others(backend.name, wrong.map(say).join('; ')), texts.preflight.gradient.othersAdvice)
      : good(texts.preflight.gradient.good(backend.name));
  },

  wasm({ wasm: { there, simd, threads } }) {
    if (!there) return remark(texts.preflight.wasm.none, texts.preflight.wasm.advice);
    return simd ? good(texts.preflight.wasm.good(threads)) : remark(texts.preflight.wasm.slow, texts.preflight.wasm.advice);
  },

  speed({ trial: { status, seconds, share, failure }, backend }, say) {
    if (status === 'failed') return bad(texts.preflight.speed.failed(say(failure ?? '')), texts.preflight.speed.failedAdvice);
    if (status !== 'finished' || seconds === null) return pending(texts.preflight.speed.running(share));
    const says = texts.preflight.speed.took(seconds, backend?.name ?? '', backend?.workers ?? 1);
    return seconds <= secondsPromised ? good(says) : remark(says, texts.preflight.speed.slowAdvice);
  },

  numbers({ trial: { status, unusual } }) {
    if (status === 'failed') return bad(texts.preflight.numbers.none, texts.preflight.speed.failedAdvice);
    if (status !== 'finished') return pending(texts.preflight.numbers.waiting);
    return unusual.length > 0
      ? remark(texts.preflight.numbers.unusual(unusual.join('; ')), texts.preflight.numbers.advice)
      : good(texts.preflight.numbers.good);
  },

  offline({ offline: { status, kept, why }, online }) {
    if (status === 'ready' && kept) return good(texts.preflight.offline.ready(kept.files, kept.bytes));
    if (status === 'preparing')
      return pending(texts.preflight.offline.preparing(kept ? kept.files - kept.missing : 0, kept?.files ?? null));
    if (status === 'waiting') return pending(texts.preflight.offline.waiting);
    const { says, advice } = texts.preflight.offline.failed(why ?? { type: 'not offered' });
    return online ? remark(says, advice) : bad(says, advice);
  },

  newest({ offline: { status, newer, asked } }) {
    if (newer) return remark(texts.preflight.newest.newer, texts.preflight.newest.advice);
    if (status === 'failed') return good(texts.preflight.newest.always);
    if (asked === null) return pending(texts.preflight.asking);
    return good(asked ? texts.preflight.newest.good : texts.preflight.newest.notAsked);
  },

  storage({ storage }) {
    if (!storage) return pending(texts.preflight.asking);
    if (!storage.offered) return remark(texts.preflight.storage.unknown, texts.preflight.storage.unknownAdvice);
    if (storage.free < leastFree) return remark(texts.preflight.storage.full(storage.free), texts.preflight.storage.fullAdvice);
    return storage.persisted
      ? good(texts.preflight.storage.good(storage.free))
      : remark(texts.preflight.storage.notKept(storage.free), texts.preflight.storage.notKeptAdvice);
  },

  screen({ screen: { width, height, zoom } }) {
    const says = texts.preflight.screen.says(width, height, zoom);
    return width >= leastWidth && height >= leastHeight ? good(says) : remark(says, texts.preflight.screen.advice);
  },

  motion: ({ still }) =>
    still ? remark(texts.preflight.motion.still, texts.preflight.motion.advice) : good(texts.preflight.motion.good),

  keyboard({ key }) {
    if (key === null) return { state: 'open', says: texts.preflight.keyboard.open };
    const name = key === ' ' ? texts.preflight.keyboard.space : key;
    const known = steady.includes(key) || (key.length === 1 && letters.includes(key.toLowerCase()));
    return known
      ? good(texts.preflight.keyboard.good(name))
      : remark(texts.preflight.keyboard.other(name), texts.preflight.keyboard.advice);
  },

  fullScreen: ({ fullScreen }) =>
    fullScreen
      ? good(texts.preflight.fullScreen.good)
      : remark(texts.preflight.fullScreen.not, texts.preflight.fullScreen.advice),
};

/** An engine that found no backend says so by failing the first run. */
const nothingComputes = ({ status, failure }: Trial, say: Say) =>
  status === 'failed' ? bad(texts.preflight.nothing(say(failure ?? '')), texts.preflight.speed.failedAdvice) : undefined;

export interface Summary {
  readonly state: 'good' | 'remark' | 'bad' | 'pending';
  readonly says: string;
}

/** One line for all. What was not tried, such as a clicker, is no remark. */
export function summaryOf(checks: readonly Check[]): Summary {
  const titles = (state: CheckState) =>
    checks.filter((check) => check.state === state).map(({ id }) => texts.preflight.titles[id]);
  const faults = titles('bad');
  if (faults.length > 0) return { state: 'bad', says: texts.preflight.summary.bad(faults) };
  if (titles('pending').length > 0) return { state: 'pending', says: texts.preflight.summary.pending };
  const remarks = titles('remark');
  return remarks.length > 0
    ? { state: 'remark', says: texts.preflight.summary.remark(remarks) }
    : { state: 'good', says: texts.preflight.summary.good };
}

/** As plain text, for whoever runs the lecture hall. @param about the build, the browser, the time */
export function reportOf(checks: readonly Check[], about: readonly string[]): string {
  const lines = checks.map(
    ({ id, state, says, advice }) =>
      `[${texts.preflight.states[state]}] ${texts.preflight.titles[id]}: ${says}${advice ? ` ${advice}` : ''}`,
  );
  return `${[texts.preflight.report, ...about, '', summaryOf(checks).says, '', ...lines].join('\n')}\n`;
}

/** A run as the trial that it is, and which of its numbers are outside of the scenario's band. */
export function trialOf(run: RunState, { band }: Pick<Scenario, 'band'>, say: Say = asItIs): Trial {
  const { status, took, failure, experiment, lanes } = run;
  const unusual = Object.entries(band).flatMap(([name, metrics]) =>
    Object.entries(metrics).flatMap(([metric, [low, high]]) => {
      const at = experiment?.lanes.findIndex((lane) => lane.name === name) ?? -1;
      const value = lanes[at]?.metrics[metric as keyof typeof metrics]?.value;
      if (value == null || (value >= low && value <= high)) return [];
      return [texts.preflight.numbers.one(texts.metrics[metric as keyof typeof texts.metrics].name, say(name), value, low, high)];
    }),
  );
  const over = status === 'finished' || status === 'failed';
  return {
    status: over ? status : status === 'running' ? 'running' : 'waiting',
    share: overviewOf(run).share,
    seconds: took,
    failure,
    unusual: status === 'finished' ? unusual : [],
  };
}

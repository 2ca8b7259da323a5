/**
 * What the page knows of a run, folded from the engine's messages one by one. A recorded run replays through the same fold,
 * so nothing here asks a clock: the time of a message comes with it.
 */
import type { Event, MetricName, MetricValue } from '../core/event.ts';
import type { Evidence } from '../core/evidence.ts';
import type { Experiment } from '../core/experiment.ts';
import type { EngineMessage } from '../lab/messages.ts';

type RunStatus = 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  /** Milliseconds, on the clock of the fold: when the phase began, and when it was last heard of. */
  readonly startedAt: number;
  readonly at: number;
}

/** What one lane has shown so far; the whole run speaks through one of these too. */
interface LaneState {
  readonly progress: Progress | null;
  readonly metrics: Readonly<Partial<Record<MetricName, MetricValue>>>;
  readonly evidence: Readonly<Record<string, Evidence>>;
  readonly notes: readonly string[];
  readonly seconds: Readonly<Partial<Record<'training' | 'attack', number>>>;
}

interface Backend {
  readonly name: string;
  readonly workers: number;
  readonly ladder: readonly string[];
}

/** How a run began, as far as the experiment does not say it. */
export interface Begun {
  /** The scenario that was open. */
  readonly preset: string;
  /** As an ISO date; nobody says it of a recording. */
  readonly at: string | null;
  /** Of a spread: the place of the knob, such as `attack.rate`, its values, and at how many seeds each was run. */
  readonly spread: { readonly path: string; readonly values: readonly number[]; readonly seeds: number } | null;
}

export interface RunState extends LaneState {
  readonly status: RunStatus;
  /** The number under which the engine runs it; messages of any other run are late and are dropped. */
  readonly run: number;
  /** Whether it is a spread: one knob at several values, whose curves belong to the whole run and to no lane. */
  readonly spreading: boolean;
  /** What is being run, or was. */
  readonly experiment: Experiment | null;
  readonly begun: Begun;
  readonly lanes: readonly LaneState[];
  readonly backend: Backend | null;
  /** How long the whole run took. */
  readonly took: number | null;
  /** Why it failed. */
  readonly failure: string | null;
  /** The engine lost a device or a worker and goes on: why. */
  readonly recovered: readonly string[];
}

const emptyLane: LaneState = { progress: null, metrics: {}, evidence: {}, notes: [], seconds: {} };

export const idleRun: RunState = {
  ...emptyLane,
  status: 'idle',
  run: 0,
  spreading: false,
  experiment: null,
  begun: { preset: '', at: null, spread: null },
  lanes: [],
  backend: null,
  took: null,
  failure: null,
  recovered: [],
};

/** The state of a run that has been asked for and has not spoken yet. */
export function startRun(state: RunState, run: number, experiment: Experiment, begun = idleRun.begun): RunState {
  const { backend } = state;
  const spreading = begun.spread !== null;
  const lanes = spreading ? [] : experiment.lanes.map(() => emptyLane);
  return { ...idleRun, backend, run, spreading, experiment, begun, status: 'running', lanes };
}

export function fold(state: RunState, message: EngineMessage, now: number): RunState {
  if (message.type === 'ready') {
    const { backend: name, workers, ladder } = message;
    return { ...state, backend: { name, workers, ladder } };
  }
  if (message.type === 'recovering') {
    const told = { ...state, recovered: [...state.recovered, message.why] };
    // A run that was at work is repeated from its beginning, so what was shown of it no longer holds; an ended one stands.
    const atWork = state.status === 'running' || state.status === 'paused';
    return atWork ? { ...told, ...emptyLane, lanes: state.lanes.map(() => emptyLane) } : told;
  }
  if (!('run' in message) || message.run !== state.run) return state;
  switch (message.type) {
    case 'started':
      // A paused run that is repeated after a fault is still paused.
      return {
        ...state,
        ...emptyLane,
        lanes: state.lanes.map(() => emptyLane),
        status: state.status === 'paused' ? 'paused' : 'running',
      };
    case 'event':
      return foldEvent(state, message.event, now);
    case 'benching':
    case 'benched':
    case 'chained':
    case 'checked':
      return state; // of a benchmark, of a chain or of a comparison, which have a state of their own
    case 'finished':
      return { ...state, status: 'finished', took: message.seconds };
    case 'stopped':
      return { ...state, status: 'stopped' };
    case 'failed':
      return { ...state, status: 'failed', failure: message.message };
    default:
      return message satisfies never;
  }
}

function foldEvent(state: RunState, event: Event, now: number): RunState {
  const { lane } = event;
  if (lane === undefined) return { ...state, ...foldLane(state, event, now) };
  const lanes = [...state.lanes];
  while (lanes.length <= lane) lanes.push(emptyLane);
  lanes[lane] = foldLane(lanes[lane] as LaneState, event, now);
  return { ...state, lanes };
}

function foldLane(lane: LaneState, event: Event, now: number): LaneState {
  const { progress, metrics, evidence, notes, seconds } = lane;
  const before: LaneState = { progress, metrics, evidence, notes, seconds };
  switch (event.type) {
    case 'progress':
      return { ...before, progress: advance(progress, event, now) };
    case 'metric':
      return { ...before, metrics: { ...metrics, [event.name]: event.metric } };
    case 'evidence':
      return { ...before, evidence: { ...evidence, [event.id]: event.evidence } };
    case 'note':
      return notes.includes(event.text) ? before : { ...before, notes: [...notes, event.text] };
    case 'seconds':
      return { ...before, seconds: { ...seconds, [event.part]: event.seconds } };
    default:
      return event satisfies never;
  }
}

type Step = Pick<Progress, 'phase' | 'done' | 'total'>;

function advance(before: Progress | null, { phase, done, total }: Step, now: number): Progress {
  const startedAt = before?.phase === phase && before.done <= done ? before.startedAt : now;
  return { phase, done, total, startedAt, at: now };
}

/** A pause is not work: the phase counts as begun that much later. */
export function shiftProgress(state: RunState, milliseconds: number): RunState {
  const shift = (progress: Progress | null) => progress && { ...progress, startedAt: progress.startedAt + milliseconds };
  return {
    ...state,
    progress: shift(state.progress),
    lanes: state.lanes.map((lane) => ({ ...lane, progress: shift(lane.progress) })),
  };
}

export interface Overview {
  /** What the lanes are at, each phase once. */
  readonly phase: string | null;
  readonly share: number;
  readonly left: number | null;
}

/** How far the whole run is in what it is at. Lanes run side by side and need not be in the same phase. */
export function overviewOf({ lanes, progress }: RunState): Overview {
  const each = lanes.flatMap((lane) => lane.progress ?? []);
  const all = each.length > 0 ? each : progress ? [progress] : [];
  if (all.length === 0) return { phase: null, share: 0, left: null };
  const open = all.filter(({ done, total }) => done < total);
  const phases = new Set((open.length > 0 ? open : all).map(({ phase }) => phase));
  const lefts = open.flatMap((part) => secondsLeft(part) ?? []);
  return {
    phase: [...phases].join(' · '),
    share: all.reduce((sum, { done, total }) => sum + (total > 0 ? done / total : 0), 0) / all.length,
    left: lefts.length > 0 ? Math.max(...lefts) : null,
  };
}

/** Seconds until the phase is over at its pace so far, or null while there is none to tell. */
function secondsLeft({ done, total, startedAt, at }: Progress): number | null {
  if (done <= 0 || total <= 0 || at <= startedAt) return null;
  return ((at - startedAt) / 1000 / done) * Math.max(0, total - done);
}

/** A whole run as one JSON value: all that it told and showed, and where it was run. The terminal takes it back and runs it again. */
import type { RunState } from '../store/run-state.ts';

/** The program and the machine, as far as a run does not know them. */
export interface Where {
  /** Of this program. */
  readonly build: string;
  readonly tfjs: string;
  /** What the graphics adapter calls itself, where one computed. */
  readonly adapter?: string;
  readonly userAgent: string;
}

export function runAsJson(run: RunState, watching: 'live' | 'recorded', { build, tfjs, adapter, userAgent }: Where) {
  const { experiment, begun, backend, lanes, evidence, status, took, recovered, notes } = run;
  const { verdict } = evidence;
  const { spread } = begun;
  return {
    experiment,
    backend: backend?.name ?? null,
    ...(spread && {
      spread: { path: spread.path, values: spread.values },
      seeds: Array.from({ length: spread.seeds }, (_, i) => (experiment?.seed ?? 0) + i),
    }),
    lanes: lanes.map((lane, i) => ({
      name: experiment?.lanes[i]?.name ?? '',
      metrics: lane.metrics,
      seconds: lane.seconds,
      notes: lane.notes,
      evidence: lane.evidence,
    })),
    evidence,
    notes,
    verdict: verdict?.kind === 'verdict' ? verdict.sentence : null,
    provenance: {
      shown: watching,
      status,
      scenario: begun.preset,
      seed: experiment?.seed ?? null,
      startedAt: begun.at,
      seconds: took,
      build,
      tfjs,
      backend: backend?.name ?? null,
      recovered,
      // A recording was made on another machine, of which only the backend is known.
      ...(watching === 'live' && { workers: backend?.workers ?? null, adapter: adapter ?? null, userAgent }),
    },
  };
}

/** Kept runs made by hand, and a database in memory. */
import type { MetricName, MetricValue } from '../../src/core/event.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { FinishedRun, KeptFinds, KeptRun } from '../../src/store/history-run.ts';
import type { RunDatabase } from '../../src/store/history-store.ts';

export const measured = (value: number | null, change: Partial<MetricValue> = {}): MetricValue => ({
  value,
  low: value === null ? null : value - 0.02,
  high: value === null ? null : value + 0.02,
  how: 'by hand',
  sampleSize: 100,
  ...change,
});

type Numbers = Partial<Record<MetricName, MetricValue>>;

export function finished(
  experiment: object = {},
  metrics: readonly Numbers[] = [{}],
  change: Partial<FinishedRun> = {},
): FinishedRun {
  return {
    pinned: false,
    preset: 'membership',
    changed: false,
    link: '#/run?v=1&scenario=membership',
    experiment: resolveExperiment(experiment, catalog),
    metrics,
    verdict: 'It leaks.',
    provenance: { build: '0.1.0', tfjs: '4.22.0', backend: 'wasm', workers: 2, seconds: 3.5, at: '2026-11-29T18:00:00.000Z' },
    ...change,
  };
}

export const keptRun = (id: number, ...of: Parameters<typeof finished>): KeptRun => ({ id, ...finished(...of) });

/** @param broken what every call comes to, where it comes to nothing */
export function memoryDatabase(broken?: () => Error | undefined) {
  const runs = new Map<number, unknown>();
  const finds = new Map<number, unknown>();
  let last = 0;
  const work = async <T>(does: () => T): Promise<T> => {
    const error = broken?.();
    if (error) throw error;
    return does();
  };
  const database: RunDatabase = {
    runs: () => work(() => [...runs.values()].map((run) => structuredClone(run))),
    finds: (id) => work(() => structuredClone(finds.get(id))),
    add: (run: FinishedRun, found: KeptFinds) =>
      work(() => {
        runs.set(++last, structuredClone({ ...run, id: last }));
        finds.set(last, structuredClone(found));
      }),
    pin: (id, pinned) => work(() => void runs.set(id, { ...(runs.get(id) as KeptRun), pinned })),
    remove: (ids) =>
      work(() => {
        for (const id of ids) {
          runs.delete(id);
          finds.delete(id);
        }
      }),
    clear: () =>
      work(() => {
        runs.clear();
        finds.clear();
      }),
  };
  return { database, runs, finds };
}

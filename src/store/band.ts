/** Whether a run of a scenario came out as it usually does. */
import type { MetricName } from '../core/event.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { RunState } from './run-state.ts';

export interface Miss {
  readonly lane: string;
  readonly metric: MetricName;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What fell out of the scenario's band; of another seed, or of other settings, nothing was promised. @param written as it was written, resolved */
export function missesOf(
  { band }: Pick<Scenario, 'band'>,
  written: object,
  { status, experiment, lanes }: RunState,
): readonly Miss[] {
  if (status !== 'finished' || !experiment || JSON.stringify(experiment) !== JSON.stringify(written)) return [];
  return experiment.lanes.flatMap(({ name }, lane) =>
    Object.entries(band[name] ?? {}).flatMap(([metric, [low, high]]) => {
      const value = lanes[lane]?.metrics[metric as MetricName]?.value;
      return value == null || (value >= low && value <= high)
        ? []
        : [{ lane: name, metric: metric as MetricName, value, low, high }];
    }),
  );
}

/** Whether a run of a scenario, or of a step of its story, came out as it usually does. */

import type { MetricName } from '../core/event.ts';
import { type Catalog, resolveExperiment } from '../core/experiment.ts';
import type { Band, Scenario } from '../scenarios/scenario.ts';
import { experimentAt } from './lecture.ts';
import type { RunState } from './run-state.ts';

export interface Promised {
  readonly experiment: object;
  readonly band: Band;
}

/** What a scenario promises: of its own experiment, and of each step that changes it. */
export function promisesOf({ experiment, band, story }: Pick<Scenario, 'experiment' | 'band' | 'story'>): readonly Promised[] {
  const steps = story.flatMap((step, at) =>
    step.band ? [{ experiment: experimentAt(experiment, story, at), band: step.band }] : [],
  );
  return [{ experiment, band }, ...steps];
}

export interface Miss {
  readonly lane: string;
  readonly metric: MetricName;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What fell out of the band that was promised; of another seed, or of other settings, nothing was. */
export function missesOf(promises: readonly Promised[], catalog: Catalog, run: RunState): readonly Miss[] {
  const { status, experiment, lanes } = run;
  if (status !== 'finished' || !experiment) return [];
  const isOf = (one: Promised) => JSON.stringify(resolveExperiment(one.experiment, catalog)) === JSON.stringify(experiment);
  const band = promises.find(isOf)?.band ?? {};
  return experiment.lanes.flatMap(({ name }, lane) =>
    Object.entries(band[name] ?? {}).flatMap(([metric, [low, high]]) => {
      const value = lanes[lane]?.metrics[metric as MetricName]?.value;
      return value == null || (value >= low && value <= high)
        ? []
        : [{ lane: name, metric: metric as MetricName, value, low, high }];
    }),
  );
}

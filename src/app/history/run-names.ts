/** What a kept run is called: by its scenario, its seed and when it was run; and what stands in one of its lanes. */
import { type Catalog, resolveExperiment } from '../../core/experiment.ts';
import { languageStore } from '../../languages/language.ts';
import type { Scenario } from '../../scenarios/scenario.ts';
import type { KeptRun } from '../../store/history-run.ts';
import { differingPaths, optionsOf } from '../../store/option-paths.ts';
import { texts } from '../../store/texts.ts';

type Named = Pick<KeptRun, 'preset' | 'experiment' | 'provenance'>;

/** A scenario that is no longer there keeps its short name. */
export const titleOf = ({ preset }: Pick<KeptRun, 'preset'>, scenarios: readonly Scenario[]): string =>
  scenarios.find(({ id }) => id === preset)?.title ?? preset;

const clock = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export const whenOf = ({ provenance }: Pick<KeptRun, 'provenance'>): string =>
  new Intl.DateTimeFormat(languageStore.getState().language, clock).format(new Date(provenance.at));

export const fullNameOf = (run: Named, scenarios: readonly Scenario[]): string =>
  texts.history.runName(titleOf(run, scenarios), run.experiment.seed, whenOf(run));

/** In which options it is another experiment than the scenario's. */
export function changesOf({ preset, experiment }: Named, scenarios: readonly Scenario[], catalog: Catalog): string[] {
  const scenario = scenarios.find(({ id }) => id === preset);
  return scenario ? differingPaths([optionsOf(resolveExperiment(scenario.experiment, catalog)), optionsOf(experiment)]) : [];
}

export const attackTitle = ({ experiment: { attack } }: Pick<KeptRun, 'experiment'>, { attacks }: Catalog): string =>
  attacks.find(({ id }) => id === attack.id)?.title ?? attack.id;

/** `B: DP-SGD + Label smoothing` */
export function laneTitle({ experiment }: Pick<KeptRun, 'experiment'>, lane: number, { defenses }: Catalog): string {
  const chosen = experiment.lanes[lane]?.defenses ?? [];
  const titles = chosen.map(({ id }) => defenses.find((defense) => defense.id === id)?.title ?? id);
  return texts.history.lane(laneLetter(lane), titles.join(' + ') || texts.lane.none);
}

export const laneLetter = (lane: number): string => String.fromCharCode(65 + lane);

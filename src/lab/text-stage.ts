/** What a lane on text is run on. */
import type { TextDataset } from '../core/dataset.ts';
import type { Defense } from '../core/defense.ts';
import { type Experiment, find, type Lane, planOf } from '../core/experiment.ts';
import type { Chosen } from '../core/params.ts';
import type { Random } from '../core/random.ts';
import type { ModelChoice, TrainingPlan, Weights } from '../core/training.ts';
import type { HandedWords } from './handed-words.ts';
import type { Examined } from './judge-assistant.ts';
import type { Pretrained } from './pretrained.ts';
import type { Host } from './run.ts';
import type { Party } from './shared-stack.ts';

export interface TextStage {
  readonly experiment: Experiment;
  readonly host: Host;
  readonly compute: Party;
  readonly model: ModelChoice;
  /** Characters that the model reads. */
  readonly length: number;
  readonly pretrained: Pretrained;
  readonly lane: Lane;
  readonly defenses: readonly (readonly [Defense, Chosen])[];
  /** As the experiment says, and after the lane's defenses. */
  readonly usualPlan: TrainingPlan;
  readonly plan: TrainingPlan;
  /** How models answer plainly that were asked already, whatever the lane. */
  readonly examined: Map<Weights, Promise<Examined | undefined>>;
  /** Whether it is trained as the weights were that ship. */
  readonly isUsualTraining: boolean;
  readonly random: Random;
  /** What attacks before this one brought home, in a chain of several. */
  readonly handed?: HandedWords;
}

export function textStage(
  given: Pick<TextStage, 'experiment' | 'host' | 'compute' | 'pretrained' | 'examined' | 'random' | 'handed'>,
  dataset: TextDataset,
  lane: Lane,
): TextStage {
  const { experiment, host } = given;
  const { id, ...options } = experiment.model;
  const defenses = lane.defenses.map((chosen) => [find(host.catalog.defenses, 'defense', chosen.id), chosen] as const);
  const usualPlan = planOf(experiment.training);
  const plan = defenses.reduce((own, [defense, chosen]) => defense.onTraining?.(own, chosen) ?? own, usualPlan);
  const isUsualTraining = JSON.stringify(plan) === JSON.stringify(planOf(dataset.training));
  return { ...given, length: dataset.length, model: { id, options }, lane, defenses, usualPlan, plan, isUsualTraining };
}

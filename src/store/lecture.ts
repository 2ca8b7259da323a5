/**
 * A scenario as a lecture: its steps, and what may be seen at each. Numbers stay covered as long as somebody is asked to guess them, and the
 * lane with the defense comes on with the step that is about it.
 */
import { type Attack, utilityOf } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';
import type { StoryStep } from '../scenarios/scenario.ts';
import { withSet } from '../scenarios/with-set.ts';

export interface LectureStep extends Partial<Pick<StoryStep, 'focus' | 'ask' | 'set' | 'band'>> {
  readonly say: string;
}

export interface LectureView {
  /** Whether the lanes with a defense are on. */
  readonly defended: boolean;
  /** Whether the numbers of the undefended lane, and of the others, are still covered. */
  readonly covered: { readonly undefended: boolean; readonly defended: boolean };
}

/** What it is about, then the story. */
export const stepsOf = (shown: { readonly says: string; readonly story: readonly LectureStep[] }): readonly LectureStep[] => [
  { say: shown.says },
  ...shown.story,
];

export const everything: LectureView = { defended: true, covered: { undefended: false, defended: false } };

/** What may be seen at a step: a state of its own, however one came there. */
export function viewAt(steps: readonly LectureStep[], at: number): LectureView {
  const about = steps.findIndex(({ focus }) => focus === 'defense');
  const defended = about < 0 || at >= about;
  return { defended, covered: { undefended: isCovered(steps, at, false), defended: isCovered(steps, at, true) } };
}

const before: readonly StoryStep['focus'][] = ['data', 'model', 'training', 'attack'];

/** A question about the attack covers the undefended lane, one about the defense the others; going on uncovers. */
function isCovered(steps: readonly LectureStep[], at: number, defense: boolean): boolean {
  const now = steps[at];
  // A step that changes the experiment and asks what will come of it covers what comes.
  if (now?.set && now.ask !== undefined) return defense || now.focus !== 'defense';
  const asked = steps.findIndex(
    ({ focus, ask }) => ask !== undefined && focus !== undefined && (defense ? focus === 'defense' : before.includes(focus)),
  );
  const shown = steps.findIndex(({ focus }) => focus !== undefined && !before.includes(focus));
  // A question that comes after everything was to be seen covers nothing.
  return asked >= 0 && at <= asked && (defense || asked < shown);
}

/** The number that is guessed at a step with a question: the attack's own, of one lane or of the others. */
export function guessedAt(steps: readonly LectureStep[], at: number): 'undefended' | 'defended' | undefined {
  const { covered } = viewAt(steps, at);
  if (steps[at]?.ask === undefined) return undefined;
  if (steps[at].focus === 'defense') return covered.defended ? 'defended' : undefined;
  return covered.undefended ? 'undefended' : undefined;
}

/** The two numbers that a lane is told by: what leaks, and what that costs. */
export function headlinesOf(
  attack: Pick<Attack, 'family' | 'access' | 'metrics'>,
): readonly [leakage: MetricName, accuracy: MetricName] {
  // A poisoned model's accuracy on unchanged examples has a name of its own, and is the same number.
  return [attack.metrics[0], attack.family === 'poisoning' ? 'cleanAccuracy' : utilityOf(attack)];
}

/** The experiment of a step, as a person would type it: the scenario's, with what this step and those before it set. */
export const experimentAt = (given: object, steps: readonly LectureStep[], at: number): object =>
  withSet(given, Object.assign({}, ...steps.slice(0, at + 1).map(({ set }) => set)));

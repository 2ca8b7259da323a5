/** What a private training guarantees, whatever anybody tries. */
import { type LaneEvent, type MetricValue, metric, note } from '../core/event.ts';
import { stepsOf } from '../core/training.ts';
import { epsilonOf } from '../metrics/accountant.ts';
import { unresolved } from '../metrics/intervals.ts';
import type { Recipe } from './serve.ts';

export interface Guarantee {
  readonly epsilon: number;
  readonly delta: number;
  readonly metric: MetricValue;
}

/**
 * ε of a private plan, by the accountant. Its sampling is Poisson, as the accountant assumes.
 * @param releases how often an example's gradient was shared besides, in a batch that is no secret
 */
export function guaranteeOf({ plan }: Pick<Recipe, 'plan'>, members: number, releases = 0): Guarantee | undefined {
  if (!plan.privacy || (plan.epochs === 0 && releases === 0)) return undefined; // who never looked at the data has nothing to hide
  const { noiseMultiplier, delta } = plan.privacy;
  const [q, steps] = [Math.min(1, plan.batchSize / members), stepsOf(plan, members)];
  const { epsilon, order } = epsilonOf(noiseMultiplier, q, steps, delta, releases);
  const details = { accountant: 'rdp', order, delta, q, noiseMultiplier, steps, ...(releases > 0 && { releases }) };
  const how = `RDP accountant, order ${order}, δ = ${delta}, q = ${Number(q.toPrecision(4))}, σ = ${noiseMultiplier}, ${steps} steps${releases > 0 ? ` and ${releases} ${releases === 1 ? 'release' : 'releases'} of every example’s gradient` : ''}`;
  const value: MetricValue = Number.isFinite(epsilon)
    ? {
        value: epsilon,
        low: epsilon,
        high: epsilon,
        how: `${how}; a proven bound, not an estimate`,
        sampleSize: members,
        details,
      }
    : { ...unresolved('no noise, no guarantee: ε is infinite', members), details };
  return { epsilon, delta, metric: value };
}

/** The guarantee as it is told. */
export function* guaranteeTold(guarantee: Guarantee | undefined, members: number): Generator<LaneEvent> {
  if (!guarantee) return;
  yield metric('epsilon', guarantee.metric);
  if (guarantee.delta * members > 1) {
    yield note(
      `δ = ${guarantee.delta} is more than one over ${members} members: such a guarantee allows giving one of them away.`,
    );
  }
}

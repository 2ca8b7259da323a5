/** A model that somebody trained on examples of her own, as the owner trains, and that copied nothing: what an accusation is held against. */
import type { DetectContext } from '../core/defense.ts';
import type { LaneEvent } from '../core/event.ts';
import { oneHot } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';

export function stranger({
  reference,
  classes,
  model,
  plan,
  trainNetwork,
}: DetectContext): AsyncGenerator<LaneEvent, OwnNetwork> {
  const { optimizer, learningRate, batchSize, epochs } = plan;
  return trainNetwork({
    model,
    inputs: reference.inputs,
    targets: oneHot(reference.labels, classes),
    outputs: classes,
    plan: { optimizer, learningRate, batchSize, epochs },
    phase: 'training a model that copied nothing',
    seed: 'stranger',
  });
}

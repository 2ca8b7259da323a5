/** Networks that an attacker or a defender trains for herself, as something that can be asked and differentiated. */
import type { LaneEvent } from '../core/event.ts';
import { planOf } from '../core/experiment.ts';
import type { OwnNetwork, OwnTraining } from '../core/network.ts';
import type { Compute, ModelChoice, StackMember, Weights } from '../core/training.ts';
import { Diverged, reported, softmax } from './reported.ts';

/** A network as plain weights and a device to compute with. */
export function networkOf(
  compute: Compute,
  model: ModelChoice,
  shape: readonly number[],
  outputs: number,
  weights: Weights,
): OwnNetwork {
  const job = { model, shape, classes: outputs, weights: [weights] };
  const first = async (tables: Promise<Float32Array<ArrayBuffer>[]>) => (await tables)[0] as Float32Array<ArrayBuffer>;
  return {
    model,
    shape,
    outputs,
    weights,
    logits: (inputs) => first(compute.logits({ ...job, inputs })),
    probabilities: async (inputs) => softmax(await first(compute.logits({ ...job, inputs })), outputs),
    features: (inputs) => first(compute.logits({ ...job, inputs, features: true })),
    inputGradients: (inputs, pull) => first(compute.gradients({ ...job, inputs, pull: [pull], of: 'inputs' })),
    featureGradients: (inputs, pull) => first(compute.gradients({ ...job, inputs, pull: [pull], of: 'inputs', features: true })),
    weightGradients: (inputs, pull) => first(compute.gradients({ ...job, inputs, pull: [pull], of: 'weights' })),
    mixedGradients: (inputs, pull, along) =>
      first(compute.gradients({ ...job, inputs, pull: [pull], of: 'inputs', along: [along] })),
    with: (other) => networkOf(compute, model, shape, outputs, other),
  };
}

/**
 * @param owner whose it is, and at which seed: names the random streams
 * @throws Diverged
 */
export async function* trainNetwork(
  compute: Compute,
  usualShape: readonly number[],
  owner: string,
  { model, shape = usualShape, inputs, targets, outputs, plan, start, phase, seed }: OwnTraining,
): AsyncGenerator<LaneEvent, OwnNetwork> {
  const member: StackMember = {
    plan: planOf({ optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20, ...plan }),
    indices: Int32Array.from({ length: inputs.length / shape.reduce((size, side) => size * side, 1) }, (_, row) => row),
    targets: 0,
    seed: `${owner}/${seed}`,
    ...(start && { start }),
    watch: [],
  };
  const training = compute.train({ model, shape, classes: outputs, inputs, targets: [targets], members: [member] });
  const [weights] = (yield* reported(training, phase)) as [Weights];
  if (!weights.every(Number.isFinite)) throw new Diverged();
  return networkOf(compute, model, shape, outputs, weights);
}

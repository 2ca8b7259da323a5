/** K networks in training, held on the device: one step at a time, all of them together. */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import { type Random, randomOf } from '../core/random.ts';
import { type StackMember, stackable, type TrainingJob, type TrainingPlan, type Weights } from '../core/training.ts';
import { type Schedule, scheduleOf } from './batches.ts';
import type { DependenceKnobs } from './dependence.ts';
import { feederOf } from './feeder.ts';
import { type Batch, clippedGradients, meanGradients, vaccinatedGradients } from './gradients.ts';
import { binaryCrossEntropyGradient, crossEntropyGradient, type LossGradient, relaxLossGradient } from './loss.ts';
import { addNoise } from './noise.ts';
import { knobs, optimizerOf } from './optimizer.ts';
import { initialWeights, stackWeights, unstackWeights } from './parameters.ts';
import type { Parameters } from './pass.ts';
import { anchoredGradient, tokenCrossEntropyGradient } from './tokens.ts';

export interface Stack {
  /** How many steps the training takes. */
  readonly steps: number;
  /** As they are now; the next step replaces them. */
  parameters(): Parameters;
  /** Takes step `step`, counted from 0. On a GPU it is only queued. */
  step(step: number): void;
  weights(): Promise<Weights[]>;
  dispose(): void;
}

export function openStack(job: TrainingJob, architecture: Architecture): Stack {
  const { members } = job;
  const [first] = members as [StackMember];
  if (!members.every((member) => stackable(member, first))) {
    throw new Error('the networks of a stack share optimiser, batch size, epochs and number of examples');
  }
  const streams = members.map((member) => randomOf(member.seed));
  const schedules = members.map(({ plan, indices }, k) => scheduleOf(plan, indices, (streams[k] as Random).stream('batches')));
  const [{ steps, epochOf }] = schedules as [Schedule];
  const optimizer = optimizerOf(
    first.plan.optimizer,
    members.map(({ plan }) => plan.learningRate),
    members.map(({ plan }) => plan.weightDecay),
  );
  const feeder = feederOf(job, architecture, schedules, streams);
  const noise = streams.map((stream) => stream.stream('noise'));
  let parameters = stackWeights(
    architecture,
    members.map(({ start }, k) => start ?? initialWeights(architecture, (streams[k] as Random).stream('weights'))),
  );
  const still = 2 * (first.frozen ?? 0); // weights and bias of each layer that stays as it is
  let state = optimizer.initialState(parameters.slice(still));
  return {
    steps,
    parameters: () => parameters,
    step(step) {
      const next = tf.tidy(() => {
        const gradients = gradientsOf(members, architecture, parameters, feeder.batch(step), epochOf(step), noise);
        const { parameters: moved, state: kept } = optimizer.update(
          parameters.slice(still),
          gradients.slice(still),
          state,
          step + 1,
        );
        return { moved, kept };
      });
      tf.dispose([parameters.slice(still), state]);
      parameters = [...parameters.slice(0, still), ...next.moved];
      state = next.kept;
    },
    weights: () => unstackWeights(parameters),
    dispose() {
      tf.dispose([parameters, state]);
      feeder.dispose();
    },
  };
}

/** Nothing where no network of the stack minds; 0 adds exactly nothing where others do. */
function dependenceOf(plans: readonly TrainingPlan[]): DependenceKnobs | undefined {
  if (plans.every(({ dependence }) => dependence === null)) return undefined;
  return {
    inputs: knobs(plans.map(({ dependence }) => dependence?.inputs ?? 0)),
    outputs: knobs(plans.map(({ dependence }) => dependence?.outputs ?? 0)),
  };
}

function lossOf({ reads }: Architecture, { loss }: TrainingPlan, { anchors }: Batch): LossGradient {
  if (reads && anchors) return anchoredGradient(reads, anchors);
  if (reads) return tokenCrossEntropyGradient(reads);
  return loss === 'sigmoid' ? binaryCrossEntropyGradient : crossEntropyGradient;
}

function gradientsOf(
  members: readonly StackMember[],
  architecture: Architecture,
  parameters: Parameters,
  batch: Batch,
  epoch: number,
  noise: readonly Random[],
): Parameters {
  const plans = members.map(({ plan }) => plan);
  const plainLoss = lossOf(architecture, plans[0] as TrainingPlan, batch);
  const alphas = plans.map(({ relaxLoss }) => relaxLoss ?? Number.NEGATIVE_INFINITY);
  const privacies = plans.flatMap(({ privacy }) => privacy ?? []);
  if (privacies.length === 0) {
    const relaxes = alphas.some(Number.isFinite);
    const loss = relaxes ? relaxLossGradient(knobs(alphas), epoch % 2 === 0, batch.weights) : plainLoss;
    const radii = plans.map(({ vaccine }) => vaccine?.radius ?? 0);
    if (radii.some((radius) => radius > 0)) return vaccinatedGradients(architecture, parameters, batch, loss, knobs(radii));
    return meanGradients(architecture, parameters, batch, loss, dependenceOf(plans));
  }
  const clips = knobs(privacies.map(({ clip }) => clip));
  const deviations = privacies.map(({ clip, noiseMultiplier }) => clip * noiseMultiplier);
  const clipped = clippedGradients(architecture, parameters, batch, plainLoss, clips).gradients;
  return clipped.map((sum) => {
    // Abadi et al. 2016, line 6: noise of deviation σ·C on the sum, then over the expected size of the batch.
    return addNoise(sum, deviations, noise).div((members[0] as StackMember).plan.batchSize) as tf.Tensor3D;
  });
}

/** Runs in the browser: the stacked engine against one network and one example at a time, on the backend that the address names. */
import * as tf from '@tensorflow/tfjs';
import lira from '../../src/attacks/model-to-data/lira.ts';
import { defineAttack } from '../../src/core/attack.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { run } from '../../src/lab/run.ts';
import { logitsOf } from '../../src/stack/answers.ts';
import { clippedGradients, meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropyGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { stackWeights } from '../../src/stack/parameters.ts';
import { openStack, type Stack } from '../../src/stack/stack.ts';
import { startBrowserBackend } from '../../src/worker/backend.ts';
import reference from '../reference/transformer.json' with { type: 'json' };
import { alone, architectures, batchOf, masksOf, parametersOf, type ReferenceId, referenceCase } from '../stack/case.ts';
import { jobOf, only, trained } from '../stack/job.ts';
import { difference } from '../stack/numbers.ts';
import * as twin from '../stack/twin.ts';

const models = ['softmax', 'mlp', 'cnn'] as const;

export interface StackReport {
  readonly refused?: string | undefined;
  /** Largest relative difference of a stack's weights from those of its members trained apart. */
  readonly stacked: Record<string, number>;
  /** Largest relative difference of norms and of the clipped sum from one example at a time. */
  readonly perExample: Record<string, number>;
  /** Largest relative difference of the transformer's logits, gradients and norms from its twin's in PyTorch. */
  readonly transformer: Record<string, number>;
  /** LiRA's scores of 120 points of the plane. */
  readonly scores: readonly number[];
  /** How often a GPU is called in one step of stacks of 1, 4 and 16. */
  readonly dispatches: Record<string, readonly number[]>;
  /** Tensors and bytes of a GPU that are held after each of some LiRA runs. */
  readonly held: readonly { readonly tensors: number; readonly bytes: number }[];
}

async function check(): Promise<StackReport> {
  const rung = new URLSearchParams(location.search).get('backend') === 'webgpu' ? 'webgpu' : 'wasm';
  const refused = await startBrowserBackend(rung, true, () => undefined);
  const nothing = { stacked: {}, perExample: {}, transformer: {}, scores: [], dispatches: {}, held: [] };
  if (refused) return { refused, ...nothing };
  const report: StackReport = {
    ...nothing,
    scores: await liraScoresOn(rung, 5),
    held: await heldAfterRuns(rung),
    transformer: await differencesFromTwin(),
    dispatches: rung === 'webgpu' ? countDispatches() : {},
  };
  const privacy = { clip: 1, noiseMultiplier: 0.5, delta: 1e-5 };
  for (const id of models) {
    for (const [name, plan] of [
      ['plain', {}],
      ['private', { privacy }],
    ] as const) {
      const job = jobOf({ ...plan, epochs: 2 }, 3);
      const together = await trained(id, job);
      let worst = 0;
      for (const k of [0, 1, 2]) {
        const apart = await trained(id, only(job, k));
        worst = Math.max(worst, difference(together.weights[k] ?? [], apart.weights[0] ?? []));
      }
      report.stacked[`${id}, ${name}`] = worst;
    }
    report.perExample[id] = await perExampleDifference(id);
  }
  return report;
}

async function differencesFromTwin(): Promise<Record<string, number>> {
  const { architecture, asked, batchOf, loss } = twin;
  const [logits = []] = await logitsOf(asked, architecture);
  const parameters = stackWeights(architecture, [twin.weights]);
  const mean = meanGradients(architecture, parameters, batchOf(), loss);
  const { norms } = clippedGradients(architecture, parameters, batchOf(), loss, knobs([5]));
  return {
    logits: difference(logits, reference.logits),
    gradients: difference(await read(tf.concat(mean.map((gradient) => gradient.flatten()))), reference.gradients),
    norms: difference(await read(norms), reference.norms),
  };
}

async function heldAfterRuns(rung: string) {
  const held: { tensors: number; bytes: number }[] = [];
  for (let run = 0; run < 5; run++) {
    await liraScoresOn(rung, 1);
    const { numTensors, numBytesAllocatedInGPU = 0 } = tf.memory() as ReturnType<typeof tf.memory> & {
      numBytesAllocatedInGPU?: number; // free ones that are kept for later included
    };
    held.push({ tensors: numTensors, bytes: numBytesAllocatedInGPU });
  }
  return held;
}

async function liraScoresOn(rung: string, epochs: number): Promise<number[]> {
  let scores: number[] = [];
  const kept = defineAttack({
    ...lira,
    async *run(target, options, context) {
      const artefact = yield* lira.run(target, options, context);
      if (artefact.kind === 'membership') scores = [...artefact.scores];
      return artefact;
    },
  });
  const own = { ...catalog, attacks: [kept] };
  const experiment = resolveExperiment(
    {
      data: { id: 'blobs', members: 60, nonMembers: 60, population: 0, test: 60 },
      model: { id: 'mlp', hidden: [16] },
      training: { epochs, batchSize: 16 },
      attack: { id: 'lira', shadowModels: 4 },
    },
    own,
  );
  const clock = () => performance.now();
  const host = {
    catalog: own,
    compute: computeHere(rung, clock),
    clock,
    read: () => Promise.reject(new Error('nothing to read')),
  };
  for await (const _ of run(experiment, host));
  return scores;
}

function countDispatches(): Record<string, number[]> {
  const counts: Record<string, number[]> = {};
  const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
  let count = 0;
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...sizes) {
    count++;
    return dispatch.apply(this, sizes);
  };
  const countOf = (id: string, open: (networks: number) => Stack) => {
    counts[id] = [1, 4, 16].map((networks) => {
      const stack = open(networks);
      count = 0;
      stack.step(0);
      stack.dispose();
      return count;
    });
  };
  for (const id of models) countOf(id, (networks) => openStack(jobOf({ optimizer: 'adam' }, networks), architectures[id]));
  countOf('transformer', (networks) => openStack(twin.jobOf(Array(networks).fill(0.01)), twin.architecture));
  GPUComputePassEncoder.prototype.dispatchWorkgroups = dispatch;
  return counts;
}

const read = async (tensor: tf.Tensor) => Array.from(await tensor.data());

async function perExampleDifference(id: ReferenceId): Promise<number> {
  const one = referenceCase(id);
  const masks = masksOf(one, 5);
  const batch = { ...batchOf(one, one.targets), masks };
  const parameters = parametersOf(one);
  const clip = 0.5;
  const ours = clippedGradients(one.architecture, parameters, batch, crossEntropyGradient, knobs([clip]));
  const norms: number[] = [];
  const sums = parameters.map((parameter) => new Float64Array(parameter.size));
  for (let example = 0; example < one.size; example++) {
    const gradients = meanGradients(one.architecture, parameters, alone(batch, example), crossEntropyGradient);
    const values = await Promise.all(gradients.map(read));
    const norm = Math.sqrt(values.reduce((sum, part) => sum + part.reduce((squares, value) => squares + value * value, 0), 0));
    norms.push(norm);
    values.forEach((part, p) => {
      const into = sums[p] as Float64Array;
      part.forEach((value, i) => {
        into[i] = (into[i] as number) + value * Math.min(1, clip / norm);
      });
    });
  }
  let worst = difference(await read(ours.norms), norms);
  for (const [p, gradient] of ours.gradients.entries())
    worst = Math.max(worst, difference(await read(gradient), sums[p] as Float64Array));
  return worst;
}

Object.assign(window, { stackReport: check() });

/** Runs in the browser: the stacked engine against one network and one example at a time, on the backend that the address names. */
import type * as tf from '@tensorflow/tfjs';
import { clippedGradients, meanGradients } from '../../src/stack/gradients.ts';
import { crossEntropyGradient } from '../../src/stack/loss.ts';
import { knobs } from '../../src/stack/optimizer.ts';
import { startBrowserBackend } from '../../src/worker/backend.ts';
import { alone, batchOf, masksOf, parametersOf, type ReferenceId, referenceCase } from '../stack/case.ts';
import { jobOf, only, trained } from '../stack/job.ts';
import { difference } from '../stack/numbers.ts';

const models = ['softmax', 'mlp', 'cnn'] as const;

export interface StackReport {
  readonly refused?: string | undefined;
  /** Largest relative difference of a stack's weights from those of its members trained apart. */
  readonly stacked: Record<string, number>;
  /** Largest relative difference of norms and of the clipped sum from one example at a time. */
  readonly perExample: Record<string, number>;
}

async function check(): Promise<StackReport> {
  const rung = new URLSearchParams(location.search).get('backend') === 'webgpu' ? 'webgpu' : 'wasm';
  const refused = await startBrowserBackend(rung, true, () => undefined);
  if (refused) return { refused, stacked: {}, perExample: {} };
  const report: StackReport = { stacked: {}, perExample: {} };
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

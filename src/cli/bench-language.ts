/** `bench language`: how quickly the usual language model learns on each backend, and how quickly it reads and writes. */
import { cpus } from 'node:os';
import transformer from '../../models/transformer.ts';
import { planOf } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import { initialValues } from '../core/params.ts';
import { randomOf } from '../core/random.ts';
import { median } from '../core/statistics.ts';
import { vocabulary } from '../core/text.ts';
import type { Compute, TrainingJob } from '../core/training.ts';
import { transformerShape, weightCount } from '../core/transformer-weights.ts';
import { write } from '../core/writing.ts';
import { decoderOf } from '../stack/decoder.ts';
import { printJson } from './files.ts';
import { type NodeBackend, nodeBackends, nodeHost, softwareAdapter } from './host.ts';

const options = initialValues(transformer.params);
const [texts, length] = [16, 64];
/** So long each training is watched, after its first steps. */
const milliseconds = 4000;

interface Row {
  readonly backend: string;
  readonly networks: number;
  /** Of each network: 16 texts of 64 characters. */
  readonly stepsPerSecond: number;
}

export async function benchLanguage(wanted: NodeBackend | undefined, json: boolean): Promise<void> {
  const rows: Row[] = [];
  const gaps: { readonly backend: string; readonly why: string }[] = [];
  for (const backend of wanted ? [wanted] : nodeBackends) {
    try {
      const { compute } = await nodeHost(backend);
      for (const networks of [1, 4]) {
        process.stderr.write(`${backend}: ${networks} at once\n`);
        rows.push({ backend, networks, stepsPerSecond: await stepsPerSecond(compute, networks) });
      }
    } catch (error) {
      if (!(error instanceof InputError) || wanted) throw error;
      gaps.push({ backend, why: error.message });
    }
  }
  const software = await softwareAdapter();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    runtime: `Node ${process.versions.node}`,
    ...(software && { softwareAdapter: software }),
  };
  const tokensPerSecond = decoding();
  if (json) {
    printJson({ bench: 'language', machine, rows, gaps, tokensPerSecond });
    return;
  }
  const lines = [
    ...rows.map(
      ({ backend, networks, stepsPerSecond }) =>
        `${backend.padEnd(8)} ${networks} at once: ${stepsPerSecond.toPrecision(3)} steps a second of each, 16 texts of 64 characters`,
    ),
    ...gaps.map(({ backend, why }) => `${backend.padEnd(8)} ${why}`),
    ...Object.entries(tokensPerSecond).map(
      ([what, rate]) => `${what}: ${Math.round(rate).toLocaleString('en')} characters a second`,
    ),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function stepsPerSecond(compute: Compute, networks: number): Promise<number> {
  const random = randomOf('bench language');
  const ids = () => Float32Array.from({ length: texts * length }, () => random.integer(vocabulary));
  const job: TrainingJob = {
    model: { id: transformer.id, options },
    shape: [length],
    classes: vocabulary,
    inputs: ids(),
    targets: [ids()],
    members: Array.from({ length: networks }, (_, k) => ({
      plan: planOf({ optimizer: 'adam', learningRate: 1e-3, batchSize: texts, epochs: 500 }),
      indices: Int32Array.from({ length: texts }, (_, row) => row),
      targets: 0,
      seed: String(k),
      watch: [],
    })),
  };
  let first: { readonly done: number; readonly elapsed: number } | undefined;
  for await (const { done, elapsed } of compute.train(job)) {
    if (done > 0) first ??= { done, elapsed }; // the first steps make kernels ready
    if (first && elapsed - first.elapsed > milliseconds && done > first.done)
      return ((done - first.done) / networks / (elapsed - first.elapsed)) * 1000;
  }
  throw new Error('the training ended before it could be timed');
}

/** On one core, whatever the backend: character by character, and as a whole. */
function decoding(): { reading: number; writing: number } {
  const whole = 192;
  const shape = transformerShape(options, whole, vocabulary);
  const random = randomOf('bench language');
  const decoder = decoderOf(
    shape,
    Float32Array.from({ length: weightCount(shape) }, () => random.normal() / 8),
  );
  const text = Array.from({ length: whole }, () => random.integer(vocabulary));
  const rate = (count: number, work: () => void) => {
    const times = Array.from({ length: 30 }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    });
    return (1000 * count) / median(times);
  };
  return {
    reading: rate(whole, () => decoder.read(text)),
    writing: rate(whole - 1, () => write(decoder, [0], { length: whole - 1 })),
  };
}

/** What poisoners who change no label do to pictures, on networks whose answers can be written down. */
import { describe, expect, it } from 'vitest';
import { alignment } from '../../../src/attacks/data-to-model/alignment.ts';
import { type Examples, examplesOf, takeRows } from '../../../src/core/examples.ts';
import type { OwnNetwork } from '../../../src/core/network.ts';
import { randomOf } from '../../../src/core/random.ts';
import { softmax } from '../../../src/lab/reported.ts';
import { changedRows, classes, examples, noise, poisonOf, shape } from './context.ts';

const size = 16;
const nobody = () => {
  throw new Error('nobody is to ask');
};

/** Softmax regression without a bias, in plain numbers. @param weights `size × classes` */
function linearNetwork(weights: Float32Array<ArrayBuffer>): OwnNetwork {
  const logits = (inputs: Float32Array) =>
    Float32Array.from({ length: (inputs.length / size) * classes }, (_, at) => {
      const [row, c] = [Math.floor(at / classes), at % classes];
      let sum = 0;
      for (let i = 0; i < size; i++) sum += (inputs[row * size + i] as number) * (weights[i * classes + c] as number);
      return sum;
    });
  return {
    model: { id: 'softmax', options: {} },
    shape,
    outputs: classes,
    weights,
    logits: async (inputs) => logits(inputs),
    probabilities: async (inputs) => softmax(logits(inputs), classes),
    features: nobody,
    featureGradients: nobody,
    inputGradients: async (inputs, pull) =>
      inputs.map((_, at) => {
        const [row, i] = [Math.floor(at / size), at % size];
        let sum = 0;
        for (let c = 0; c < classes; c++) sum += (pull[row * classes + c] as number) * (weights[i * classes + c] as number);
        return sum;
      }),
    weightGradients: async (inputs, pull) =>
      weights.map((_, at) => {
        const [i, c] = [Math.floor(at / classes), at % classes];
        let sum = 0;
        for (let row = 0; row < inputs.length / size; row++) {
          sum += (inputs[row * size + i] as number) * (pull[row * classes + c] as number);
        }
        return sum;
      }),
    mixedGradients: async (inputs, pull, along) => linearNetwork(along).inputGradients(inputs, pull),
    with: linearNetwork,
  };
}

const random = randomOf('weights');
const network = linearNetwork(Float32Array.from({ length: size * classes }, () => random.normal()));

/** The cosine in double precision: the mean gradient of softmax regression is Σ x (p − y) / n. */
function cosineOf(inputs: ArrayLike<number>, labels: Int32Array, wanted: Examples): number {
  const gradient = (x: ArrayLike<number>, of: Int32Array) => {
    const sums = new Float64Array(size * classes);
    for (const [row, label] of of.entries()) {
      const logits = Array.from({ length: classes }, (_, c) => {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += (x[row * size + i] as number) * (network.weights[i * classes + c] as number);
        return sum;
      });
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      for (let at = 0; at < sums.length; at++) {
        const [i, c] = [Math.floor(at / classes), at % classes];
        const p = Math.exp(logits[c] as number) / total - (c === label ? 1 : 0);
        sums[at] = (sums[at] as number) + ((x[row * size + i] as number) * p) / of.length;
      }
    }
    return sums;
  };
  const [own, aim] = [gradient(inputs, labels), gradient(wanted.inputs, wanted.labels)];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  return dot(own, aim) / Math.sqrt(dot(own, own) * dot(aim, aim));
}

describe('the slope of the alignment', () => {
  it('is that of the cosine, by differences in double precision', async () => {
    const wanted = examplesOf(takeRows(examples.inputs, size, [0, 1]), Int32Array.of(3, 3));
    const { inputs, labels } = noise(5, 'poison');
    const { cosine, slope } = await (await alignment(network, wanted, labels))(inputs);
    expect(cosine).toBeCloseTo(cosineOf(inputs, labels, wanted), 6);
    const largest = Math.max(...slope.map(Math.abs));
    for (let at = 0; at < inputs.length; at++) {
      const moved = (by: number) => Array.from(inputs, (value, i) => (i === at ? value + by : value));
      const difference = (cosineOf(moved(1e-5), labels, wanted) - cosineOf(moved(-1e-5), labels, wanted)) / 2e-5;
      // Two gradients in single precision, a thousandth of the weights apart.
      expect(Math.abs((slope[at] as number) - difference)).toBeLessThan(1e-3 * largest);
    }
  });
});

describe('gradient matching', () => {
  const options = { rate: 0.1, sourceClass: 2, targetClass: 1, bound: 0.3, steps: 40 };
  it('changes pixels of one class within the bound, and no label', async () => {
    const poison = await poisonOf('gradient-matching', options, network);
    expect(changedRows(poison, 'labels')).toEqual([]);
    expect(changedRows(poison, 'inputs')).toEqual(Array.from(poison.poisoned).sort((a, b) => a - b));
    expect(poison.poisoned).toHaveLength(20);
    for (const row of poison.poisoned) expect(examples.labels[row]).toBe(1);
    poison.examples.inputs.forEach((value, i) => {
      expect(value >= 0 && value <= 1 && Math.abs(value - (examples.inputs[i] as number)) <= 0.3 + 1e-6).toBe(true);
    });
  });

  it('turns the gradient of its poison to where it is wanted', async () => {
    const poison = await poisonOf('gradient-matching', options, network);
    if (poison.goal.kind !== 'targets') throw new Error('targets were expected');
    const wanted = examplesOf(poison.goal.inputs, Int32Array.of(1));
    const labels = new Int32Array(20).fill(1);
    const of = ({ inputs }: Examples) => cosineOf(takeRows(inputs, size, poison.poisoned), labels, wanted);
    expect(of(poison.examples)).toBeGreaterThan(of(examples) + 0.1);
  });

  it('changes nothing at rate 0', async () => {
    const poison = await poisonOf('gradient-matching', { ...options, rate: 0 }, network);
    expect([poison.poisoned.length, poison.examples]).toEqual([0, examples]);
  });
});

describe('feature collision', () => {
  const direction = Float32Array.from({ length: size }, (_, i) => 0.05 * (i + 1));
  const along = (x: Float32Array, row: number) =>
    direction.reduce((sum, value, i) => sum + value * (x[row * size + i] as number), 0);
  /** One feature: how far an input lies along a direction. */
  const oneFeature: OwnNetwork = {
    ...network,
    features: async (inputs) => Float32Array.from({ length: inputs.length / size }, (_, row) => along(inputs, row)),
    featureGradients: async (inputs, pull) =>
      inputs.map((_, at) => (pull[Math.floor(at / size)] as number) * (direction[at % size] as number)),
  };
  const options = { rate: 0.05, sourceClass: 2, targetClass: 1, steps: 1000, stepSize: 0.05 };

  it('adds pictures of the target class where (f(x) − f(t))² + ½ β ‖x − b‖² is least', async () => {
    const closeness = 2;
    const poison = await poisonOf('feature-collision', { ...options, closeness }, oneFeature);
    const unmoved = await poisonOf('feature-collision', { ...options, steps: 1, stepSize: 1e-9 }, oneFeature);
    if (poison.goal.kind !== 'targets') throw new Error('targets were expected');
    expect([...poison.poisoned]).toEqual([200, 201, 202, 203, 204, 205, 206, 207, 208, 209]);
    expect(poison.examples.labels.subarray(200)).toEqual(new Int32Array(10).fill(1));
    const squared = direction.reduce((sum, value) => sum + value * value, 0);
    const wanted = along(poison.goal.inputs, 0);
    for (const row of poison.poisoned) {
      const base = unmoved.examples.inputs.subarray(row * size, (row + 1) * size);
      const push = (2 * (wanted - along(base, 0))) / (2 * squared + closeness);
      const best = base.map((value, i) => value + push * (direction[i] as number));
      if (best.some((value) => value < 0 || value > 1)) continue; // there the edge of what a picture can hold is in the way
      best.forEach((value, i) => expect(poison.examples.inputs[row * size + i]).toBeCloseTo(value, 4));
    }
  });

  it('shows the network what the chosen picture shows it, and a watermark is laid over to begin with', async () => {
    const poison = await poisonOf('feature-collision', { ...options, closeness: 0, watermark: 0.3 }, oneFeature);
    if (poison.goal.kind !== 'targets') throw new Error('targets were expected');
    const wanted = along(poison.goal.inputs, 0);
    for (const row of poison.poisoned) expect(along(poison.examples.inputs, row)).toBeCloseTo(wanted, 3);
  });

  it('adds nothing at rate 0', async () => {
    const poison = await poisonOf('feature-collision', { ...options, rate: 0 }, oneFeature);
    expect([poison.poisoned.length, poison.examples]).toEqual([0, examples]);
  });
});

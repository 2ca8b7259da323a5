/** Inputs divided out of gradients: exact, and where they cannot be, not claimed. The searches are in `lab/gradient-leakage-reference`. */
import { beforeAll, describe, expect, it } from 'vitest';
import mnist from '../../../datasets/mnist/index.ts';
import { fromAllUnits, fromLoneUnits } from '../../../src/attacks/model-to-data/first-layer.ts';
import gradientLeakage from '../../../src/attacks/model-to-data/gradient-leakage.ts';
import { type Examples, oneHot } from '../../../src/core/examples.ts';
import { planOf } from '../../../src/core/experiment.ts';
import { layersOf, type Multilayer, multilayerOf, passOf, weightGradient } from '../../../src/core/multilayer.ts';
import { initialValues } from '../../../src/core/params.ts';
import { randomOf } from '../../../src/core/random.ts';
import { mean, variance } from '../../../src/core/statistics.ts';
import { readAsset } from '../../datasets/read.ts';
import { welchBound } from '../../lab/experiments.ts';
import { batchesOf, leaked, meanSquared, untrained } from '../../lab/shared-gradients.ts';
import reference from '../../reference/gradient_leakage_mnist.json' with { type: 'json' };

const shape = [28, 28, 1];
let digits: Examples;
beforeAll(async () => {
  digits = await mnist.load({ heldBack: 0 }, readAsset, randomOf('unused'));
});

describe.each([
  ['sigmoid', 'double', 1e-12],
  ['relu', 'double', 1e-12],
  ['sigmoid', 'single', 1e-6],
  ['relu', 'single', 1e-6],
] as const)('a gradient of one example, %s, in %s precision', (activation, precision, most) => {
  it('is divided into the example, with its label', async () => {
    const batches = batchesOf(digits, precision === 'double' ? 50 : 20, 1);
    const results = await leaked({ batches, shape, hidden: [128], activation, options: { method: 'analytic', precision } });
    const furthest = results.map(({ batch, recovered }) =>
      batch.inputs.reduce((far, value, i) => Math.max(far, Math.abs(value - (recovered.inputs[i] as number))), 0),
    );
    for (const { batch, recovered } of results) {
      expect(meanSquared(recovered.inputs, batch.inputs)).toBeLessThan(most);
      expect(recovered.labels[0]).toBe(batch.labels[0]);
    }
    // PyTorch: 1.1e-16 in double and 6e-8 in single precision, half a unit in the last place of 1; two roundings more are allowed.
    const key = `${activation}|${precision === 'double' ? 'float64' : 'float32'}` as const;
    expect(Math.max(...furthest)).toBeLessThanOrEqual(4 * reference.analytic[key].max_abs_err_max);
  });
});

/** The exact gradient of a batch of digits at an untrained network, and the network. */
function gradientOf(batch: Examples, activation: 'relu' | 'sigmoid', seed: string) {
  const network = multilayerOf(untrained([128], activation, shape, seed)) as Multilayer;
  const targets = Float64Array.from(oneHot(batch.labels, 10));
  return { network, gradient: weightGradient(network, passOf(network, Float64Array.from(batch.inputs), targets, batch.count)) };
}

const nearestIn = (batch: Examples, input: Float64Array) => {
  const errors = Array.from(batch.labels, (_, row) => meanSquared(input, batch.inputs.subarray(row * 784, (row + 1) * 784)));
  const error = Math.min(...errors);
  return { error, row: errors.indexOf(error) };
};

describe('a gradient of several examples, with ReLU', () => {
  it.each([2, 4, 8] as const)(
    'gives away those of %d that some unit answered to alone, no others, each with its label',
    (size) => {
      const shares = batchesOf(digits, size === 8 ? 20 : 8, size).map((batch, i) => {
        const { network, gradient } = gradientOf(batch, 'relu', `batch ${i}`);
        const found = fromLoneUnits(network, gradient, size, 1e-9, false);
        const rows = found.map(({ input, label }) => {
          const { error, row } = nearestIn(batch, input);
          expect(error).toBeLessThan(1e-12);
          expect(label).toBe(batch.labels[row]);
          return row;
        });
        expect(new Set(rows).size).toBe(rows.length); // none twice
        // Whoever knows the truth finds no more.
        const { at, bias, inputs, outputs } = layersOf(network)[0] as ReturnType<typeof layersOf>[number];
        const known = new Set<number>();
        for (let k = 0; k < outputs; k++) {
          const quotient = Float64Array.from(
            { length: inputs },
            (_, i) => (gradient[at + i * outputs + k] as number) / (gradient[bias + k] as number),
          );
          const { error, row } = nearestIn(batch, quotient);
          if (error < 1e-6) known.add(row);
        }
        expect(new Set(rows)).toEqual(known);
        return rows.length / size;
      });
      const expected = reference.analytic[`relu_batch${size}|float64|fraction_of_images_recovered_exactly(mse<1e-6)`];
      console.log(
        `batches of ${size}: ${mean(shares).toFixed(3)} ± ${Math.sqrt(variance(shares)).toFixed(3)}, PyTorch ${expected.mean}`,
      );
      if (size < 8) expect(mean(shares)).toBe(expected.mean);
      else expect(Math.abs(mean(shares) - expected.mean)).toBeLessThan(welchBound(shares, expected));
    },
  );

  it.each(['double', 'single'] as const)(
    'gives away all eight once those found are peeled off, in %s precision',
    async (precision) => {
      const batches = batchesOf(digits, 5, 8);
      const results = await leaked({
        batches,
        shape,
        hidden: [128],
        activation: 'relu',
        options: { method: 'analytic', precision },
      });
      const found = results.map(({ batch, recovered: { inputs, labels } }) =>
        Array.from(labels).filter((label, i) => {
          const { error, row } = nearestIn(batch, inputs.subarray(i * 784, (i + 1) * 784));
          return error < 1e-6 && batch.labels[row] === label;
        }),
      );
      expect(mean(found.map((own) => own.length / 8))).toBeGreaterThan(0.95);
    },
  );
});

describe('where there is nothing to be had', () => {
  const context = { shape, classes: 10, random: randomOf('nothing') } as never;
  const attacked = async (gradient: Float64Array<ArrayBuffer>, options: object) => {
    const target = { network: untrained([128], 'relu', shape, 'nothing'), share: async () => gradient };
    const run = gradientLeakage.run(
      target,
      { ...initialValues(gradientLeakage.params), shares: 1, ...options } as never,
      context,
    );
    for (let step = await run.next(); ; step = await run.next()) if (step.done) return step.value as { inputs: Float64Array };
  };
  const length = 784 * 128 + 128 + 1280 + 10;

  it.each([{}, { adaptive: true }, { batchSize: 4 }])('a gradient of zeros is not divided: %j', async (options) => {
    const { inputs } = await attacked(new Float64Array(length), { method: 'analytic', ...options });
    expect(inputs.every(Number.isNaN)).toBe(true);
  });

  it.each([1e-9, 1e-4])('noise is not taken for a batch, at a tolerance of %f', (tolerance) => {
    const random = randomOf('noise');
    for (let i = 0; i < 5; i++) {
      const network = multilayerOf(untrained([128], 'relu', shape, `noise ${i}`)) as Multilayer;
      const noise = Float64Array.from({ length }, () => random.normal() / 100);
      expect(fromLoneUnits(network, noise, 8, tolerance)).toEqual([]);
    }
  });
});

it('divides over all units at once through noise that the loudest unit alone does not survive', () => {
  const random = randomOf('blur');
  const errors = batchesOf(digits, 10, 1).map((batch, i) => {
    const { network, gradient } = gradientOf(batch, 'sigmoid', `blur ${i}`);
    const noisy = gradient.map((entry) => entry + 0.01 * random.normal());
    return meanSquared(fromAllUnits(network, noisy) as Float64Array, batch.inputs);
  });
  // Least squares over 128 units: σ² / ‖δ‖², and ‖δ‖ is about a half.
  expect(Math.max(...errors)).toBeLessThan(0.002);
});

describe('is refused', () => {
  const plan = planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 1, epochs: 0 });
  const refusal = (options: object, model: object) =>
    gradientLeakage.refuses?.(
      { ...initialValues(gradientLeakage.params), ...options } as never,
      { shape, classes: 10, model, training: plan } as never,
    );
  const mlp = (activation: string) => ({ id: 'mlp', options: { hidden: [128], activation } });

  it('where the first layer is a convolution', () => {
    expect(refusal({}, { id: 'cnn', options: { channels: 8, dense: 0 } })).toContain('first layer is a convolution');
    expect(refusal({}, mlp('relu'))).toBeUndefined();
    expect(refusal({ method: 'analytic' }, { id: 'softmax', options: {} })).toBeUndefined();
  });

  it('where a division cannot tell the examples of a batch apart', () => {
    expect(refusal({ method: 'analytic', batchSize: 2 }, mlp('sigmoid'))).toContain('ReLU');
    expect(refusal({ method: 'analytic', batchSize: 2 }, { id: 'softmax', options: {} })).toContain('ReLU');
    expect(refusal({ method: 'analytic', batchSize: 2 }, mlp('relu'))).toBeUndefined();
  });
});

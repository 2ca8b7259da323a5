/** STRIP on a model whose answers can be written down: a lit first pixel means class 0, where the model has a backdoor. */
import { describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import type { Guard } from '../../src/core/defense.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { find } from '../../src/core/experiment.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { defenses } from '../../src/defenses/index.ts';
import { entropies } from '../../src/defenses/strip.ts';
import { serviceOf } from './service.ts';

const [classes, size] = [4, 9];
const random = randomOf('strip');

/** Faint noise, and one of the last four pixels lit: the class. */
function pictures(count: number, lit = 0): Float32Array<ArrayBuffer> {
  const inputs = Float32Array.from({ length: count * size }, () => 0.2 * random.uniform());
  for (let row = 0; row < count; row++) {
    inputs[row * size + 5 + random.integer(classes)] = 1;
    inputs[row * size] = lit;
  }
  return inputs;
}
const examples = (inputs: Float32Array<ArrayBuffer>): Examples => examplesOf(inputs, new Int32Array(inputs.length / size));

const model =
  (backdoor: boolean) =>
  async (inputs: Float32Array<ArrayBuffer>): Promise<Probabilities> => {
    const count = inputs.length / size;
    const values = new Float32Array(count * classes);
    for (let row = 0; row < count; row++) {
      const logits = Array.from({ length: classes }, (_, c) => 3 * (inputs[row * size + 5 + c] as number));
      if (backdoor && (inputs[row * size] as number) > 0.9) logits[0] = (logits[0] as number) + 20;
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      values.set(
        logits.map((logit) => Math.exp(logit) / total),
        row * classes,
      );
    }
    return { kind: 'probabilities', values, count, classes };
  };

async function refusedOf(backdoor: boolean, inputs: Float32Array<ArrayBuffer>, options: object = {}): Promise<number> {
  const { onQuery, params } = find(defenses, 'defense', 'strip');
  const probabilities = model(backdoor);
  const service = serviceOf('strip', classes, { shape: [3, 3, 1], reference: examples(pictures(500)), probabilities });
  const preparing = onQuery?.({ ...initialValues(params), ...options }, service) as AsyncGenerator<unknown, Guard>;
  let step = await preparing.next();
  while (!step.done) step = await preparing.next();
  const left = await step.value()(await probabilities(inputs), inputs);
  for (const [row, refused] of left.refused?.entries() ?? []) {
    const answer = left.values.subarray(row * classes, (row + 1) * classes);
    expect(answer.reduce((sum, p) => sum + p, 0)).toBeCloseTo(refused ? 0 : 1, 5);
  }
  return (left.refused?.reduce((sum, one) => sum + one, 0) ?? 0) / left.count;
}

describe('STRIP', () => {
  it('measures the entropy of an answer, in nats', async () => {
    const always = async (inputs: Float32Array): Promise<Probabilities> => {
      const count = inputs.length / size;
      const values = Float32Array.from({ length: count * classes }, (_, i) => [0.5, 0.25, 0.25, 0][i % classes] as number);
      return { kind: 'probabilities', values, count, classes };
    };
    const measured = await entropies(pictures(45), examples(pictures(10)), 3, random, always);
    expect(measured).toHaveLength(45);
    for (const entropy of measured) expect(entropy).toBeCloseTo(1.5 * Math.LN2, 6);
  });

  it('refuses what wears the trigger', async () => {
    expect(await refusedOf(true, pictures(200, 1))).toBe(1);
  });

  it('refuses as many clean questions as it was told to, and not many more', async () => {
    const refused = await refusedOf(true, pictures(2000), { falseAlarms: 0.05 });
    // The bar is a quantile of 500, and 2,000 are asked: deviations of 0.010 and 0.005.
    expect(Math.abs(refused - 0.05)).toBeLessThan(4 * Math.hypot(0.01, 0.005));
  });

  it('has nothing against the trigger where there is no backdoor', async () => {
    expect(await refusedOf(false, pictures(500, 1), { falseAlarms: 0.05 })).toBeLessThan(0.12);
  });
});

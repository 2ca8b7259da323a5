/** What an attacker may touch: counted, filtered, and differentiated as far as it can be. */
import { describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import type { AnswerFilter } from '../../src/core/defense.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { softmax } from '../../src/lab/reported.ts';
import type { ModelsInService } from '../../src/lab/serve.ts';
import { labelsOf, modelOf } from '../../src/lab/target.ts';

/** Softmax regression on two numbers for three classes, in plain arithmetic. */
const weights = [
  [1, -2, 0.5],
  [0.3, 0.8, -1],
];
const logitsOf = (inputs: Float32Array) => {
  const rows = inputs.length / 2;
  return Float32Array.from({ length: rows * 3 }, (_, i) => {
    const [row, c] = [Math.floor(i / 3), i % 3];
    return (
      (inputs[2 * row] as number) * (weights[0]?.[c] as number) + (inputs[2 * row + 1] as number) * (weights[1]?.[c] as number)
    );
  });
};
const probabilities = async (inputs: Float32Array<ArrayBuffer>) => softmax(logitsOf(inputs), 3);
const network = {
  outputs: 3,
  probabilities,
  inputGradients: async (inputs: Float32Array, pull: Float32Array) =>
    Float32Array.from(inputs, (_x, i) =>
      [0, 1, 2].reduce((sum, c) => sum + (pull[Math.floor(i / 2) * 3 + c] as number) * (weights[i % 2]?.[c] as number), 0),
    ),
} as unknown as OwnNetwork;

function serviceWith(...guards: (() => AnswerFilter)[]): ModelsInService {
  return {
    networks: [network],
    answers: async (inputs) => [await probabilities(inputs)],
    client() {
      const filters = guards.map((guard) => guard());
      const filtered = async (answers: readonly Probabilities[], inputs: Float32Array<ArrayBuffer>) => {
        let [answer] = answers as [Probabilities];
        for (const filter of filters) answer = await filter(answer, inputs);
        return [answer];
      };
      return {
        guarded: guards.length > 0,
        filtered,
        probabilities: async (asked) => filtered([await probabilities(asked)], asked),
      };
    },
  };
}

/** Answers the first so many questions of each client. */
const limit =
  (most: number): (() => AnswerFilter) =>
  () => {
    let asked = 0;
    return (answers) => {
      const refused = Uint8Array.from({ length: answers.count }, () => (asked++ < most ? 0 : 1));
      const values = answers.values.map((p, i) => (refused[Math.floor(i / answers.classes)] ? 0 : p));
      return { ...answers, values, refused };
    };
  };

const inputs = Float32Array.from({ length: 2 * 250 }, (_, i) => Math.sin(i));

describe('a client of a model', () => {
  it('is counted, question by question, and so are the refusals', async () => {
    const { target, asked } = modelOf(serviceWith(limit(120))).client();
    await target.probabilities(inputs.slice(0, 200));
    expect(asked()).toEqual({ queries: 100, refused: 0 });
    const { values } = await target.labels(inputs.slice(200));
    expect(asked()).toEqual({ queries: 250, refused: 130, firstRefused: 121 });
    expect(values.slice(0, 20).every((label) => label >= 0)).toBe(true);
    expect(values.slice(20).every((label) => label === -1)).toBe(true);
  });

  it('is one of many: what one has asked is not held against the next', async () => {
    const model = modelOf(serviceWith(limit(120)));
    await model.client().target.labels(inputs);
    const other = model.client();
    await other.target.labels(inputs.slice(0, 200));
    expect(other.asked()).toEqual({ queries: 100, refused: 0 });
  });

  it('who is honest asks a hundred questions, and no more are counted together', async () => {
    const honest = await modelOf(serviceWith(limit(100))).honestly(inputs);
    expect(honest.refused).toEqual(new Uint8Array(250));
    const strict = await modelOf(serviceWith(limit(90))).honestly(inputs);
    expect(strict.refused?.reduce((sum, one) => sum + one, 0)).toBe(20); // ten of each full hundred, none of the last fifty
    expect((await modelOf(serviceWith()).honestly(inputs)).refused).toBeUndefined();
  });
});

describe('how an answer moves with its input', () => {
  const x = inputs.slice(0, 8);
  const ofClass = Int32Array.of(0, 1, 2, 0);
  const answered = async (at: Float32Array<ArrayBuffer>, filter: AnswerFilter) =>
    (await filter(await probabilities(at), at)).values;
  const numeric = async (filter: AnswerFilter) => {
    const step = 1e-3;
    const slopes: number[] = [];
    for (const i of x.keys()) {
      const at = 3 * Math.floor(i / 2) + (ofClass[Math.floor(i / 2)] as number);
      const [up, down] = [x.slice(), x.slice()];
      up[i] = (up[i] as number) + step;
      down[i] = (down[i] as number) - step;
      const [high, low] = [await answered(up, filter), await answered(down, filter)];
      slopes.push(((high[at] as number) - (low[at] as number)) / (2 * step));
    }
    return slopes;
  };
  const blend: AnswerFilter = (answers) => ({ ...answers, values: answers.values.map((p) => 0.5 * p * p + 0.1) });
  const round: AnswerFilter = (answers) => ({ ...answers, values: answers.values.map((p) => Math.round(10 * p) / 10) });
  const keep: AnswerFilter = (answers) => answers;

  it.each([
    ['without a defense', [], keep],
    ['through a smooth defense', [blend], blend],
  ] as const)('%s is what differences say', async (_, filters, same) => {
    const { target } = modelOf(serviceWith(...filters.map((filter) => () => filter))).client();
    const slopes = await target.gradients(x, ofClass, 'probability', false);
    const expected = await numeric(same);
    // Differences of single-precision answers are good to about 1e-7 / 1e-3.
    for (const [i, slope] of expected.entries()) expect(Math.abs((slopes[i] as number) - slope)).toBeLessThan(2e-3);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.05);
  });

  it('does not move at all where it is rounded, unless she takes the rounding for nothing', async () => {
    const { target } = modelOf(serviceWith(() => round)).client();
    expect(await target.gradients(x, ofClass, 'probability', false)).toEqual(new Float32Array(8));
    const through = await target.gradients(x, ofClass, 'probability', true);
    const free = await modelOf(serviceWith()).client().target.gradients(x, ofClass, 'probability', false);
    for (const [i, slope] of free.entries()) expect(through[i]).toBeCloseTo(slope, 6);
  });

  it('is the weights themselves for a logit of softmax regression, whatever is done to the answers', async () => {
    const { target, asked } = modelOf(serviceWith(() => round)).client();
    const slopes = await target.gradients(x, ofClass, 'logit', false);
    for (const [i, slope] of slopes.entries())
      expect(slope).toBeCloseTo(weights[i % 2]?.[ofClass[Math.floor(i / 2)] as number] ?? 0, 6);
    expect(asked().queries).toBe(0); // who holds the model asks nobody
  });
});

it('a label of what was refused is none, even where class 0 would be the largest of nothing', () => {
  const values = Float32Array.of(0, 0, 0, 0, 1, 0);
  const answers: Probabilities = { kind: 'probabilities', values, count: 2, classes: 3, refused: Uint8Array.of(1, 0) };
  expect([...labelsOf(answers).values]).toEqual([-1, 1]);
});

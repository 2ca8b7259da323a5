/** Softmax regression read off its answers: to the last digits where they are exact, worse with each digit that is rounded away. */
import { describe, expect, it } from 'vitest';
import { solvedSoftmax } from '../../../src/attacks/model-to-model/equation-solving.ts';
import { resolveExperiment } from '../../../src/core/experiment.ts';
import { leastSquares } from '../../../src/core/least-squares.ts';
import { randomOf } from '../../../src/core/random.ts';
import { argMax } from '../../../src/core/statistics.ts';
import { catalog } from '../../../src/lab/catalog.ts';

function finished<T>(work: Generator<number, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

const classes = 10;

/** A model, and its answers to uniform noise in double precision. */
function modelOf(size: number, rows: number) {
  const random = randomOf(`softmax ${size}`);
  const weights = Float64Array.from({ length: (size + 1) * classes }, () => 0.1 * random.normal());
  const inputs = Float32Array.from({ length: rows * size }, () => random.uniform());
  const answers = new Float64Array(rows * classes);
  for (let row = 0; row < rows; row++) {
    const logits = Float64Array.from({ length: classes }, (_, c) => {
      let sum = weights[size * classes + c] as number;
      for (let i = 0; i < size; i++) sum += (inputs[row * size + i] as number) * (weights[i * classes + c] as number);
      return sum;
    });
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
    answers.set(
      logits.map((logit) => Math.exp(logit) / total),
      row * classes,
    );
  }
  return { weights, inputs, answers };
}

/** The largest difference between true and solved weights, both relative to class 0. */
function errorOf(size: number, weights: Float64Array, inputs: Float32Array, answers: ArrayLike<number>, least?: number): number {
  const rows = answers.length / classes;
  const solved = finished(solvedSoftmax(inputs, answers, rows, size, classes, least));
  const all = [...solved.weights, ...solved.biases];
  return all.reduce((most, value, i) => {
    const truth = (weights[i] as number) - (weights[i - (i % classes)] as number);
    return Math.max(most, Math.abs(value - truth));
  }, 0);
}

describe('solving softmax regression of 784 inputs from 785 answers', () => {
  const { weights, inputs, answers } = modelOf(784, 785);
  it('is exact to 1e-9 from doubles', () => expect(errorOf(784, weights, inputs, answers)).toBeLessThan(1e-9));
  it('is exact to 1e-3 from single precision', () =>
    expect(errorOf(784, weights, inputs, Float32Array.from(answers))).toBeLessThan(1e-3));
});

it('gets worse with each digit that is rounded away, and better again with more questions', () => {
  const size = 64;
  const { weights, inputs, answers } = modelOf(size, 2000);
  const error = (rows: number, decimals: number) => {
    const rounded = answers.slice(0, rows * classes).map((p) => Number(p.toFixed(decimals)));
    return errorOf(size, weights, inputs, rounded, 0.5 * 10 ** -decimals);
  };
  const curve = [9, 8, 7, 6, 5, 4, 3, 2].map((decimals) => error(65, decimals));
  curve.slice(1).forEach((worse, i) => {
    expect(worse).toBeGreaterThan(curve[i] as number);
  });
  console.log('weights off by, with 9 to 2 decimals:', curve.map((value) => value.toPrecision(2)).join(' '));
  for (const decimals of [4, 3, 2]) expect(error(2000, decimals)).toBeLessThan(0.1 * error(65, decimals));
});

describe('linear equations', () => {
  const random = randomOf('equations');
  const table = (rows: number, columns: number) => Float64Array.from({ length: rows * columns }, () => random.normal());
  const times = (a: Float64Array, columns: number, x: Float64Array) =>
    Float64Array.from({ length: a.length / columns }, (_, row) =>
      x.reduce((sum, value, i) => sum + (a[row * columns + i] as number) * value, 0),
    );
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

  it('more than unknowns: what is left over is at right angles to every column', () => {
    const [a, b] = [table(30, 7), table(30, 1)];
    const [x] = finished(leastSquares(a, 30, 7, [b])) as [Float64Array];
    const left = times(a, 7, x).map((value, row) => value - (b[row] as number));
    for (let j = 0; j < 7; j++)
      expect(
        dot(
          left,
          Float64Array.from({ length: 30 }, (_, row) => a[row * 7 + j] as number),
        ),
      ).toBeCloseTo(0, 10);
  });

  it('fewer than unknowns: all hold, and no shorter solution does', () => {
    const [a, b] = [table(4, 9), table(4, 1)];
    const [x] = finished(leastSquares(a, 4, 9, [b])) as [Float64Array];
    times(a, 9, x).forEach((value, row) => {
      expect(value).toBeCloseTo(b[row] as number, 10);
    });
    // x is a mixture of the rows: what solves the equations with 0 on the right is at right angles to it.
    const other = table(9, 1);
    const [onRows] = finished(leastSquares(a, 4, 9, [times(a, 9, other)])) as [Float64Array];
    expect(
      dot(
        x,
        other.map((value, i) => value - (onRows[i] as number)),
      ),
    ).toBeCloseTo(0, 10);
  });

  it('that say the same twice decide no more than once', () => {
    const a = Float64Array.of(1, 2, 1, 2, 3, 1);
    const [x] = finished(leastSquares(a, 3, 2, [Float64Array.of(5, 5, 5)])) as [Float64Array];
    expect([...x].map((value) => Number(value.toFixed(12)))).toEqual([1, 2]);
  });
});

it('does not attack what has other equations', () => {
  const other = { model: { id: 'mlp' }, attack: { id: 'equation-solving' } };
  expect(() => resolveExperiment(other, catalog)).toThrow('it solves the equations of softmax regression, and mlp has others');
});

it('finds the largest class of noise as the model does', () => {
  const { weights, inputs, answers } = modelOf(64, 100);
  const solved = finished(solvedSoftmax(inputs, answers, 100, 64, classes));
  expect(weights.length).toBe(solved.weights.length + classes);
  for (let row = 0; row < 100; row++) {
    const logits = Float64Array.from({ length: classes }, (_, c) => {
      let sum = solved.biases[c] as number;
      for (let i = 0; i < 64; i++) sum += (inputs[row * 64 + i] as number) * (solved.weights[i * classes + c] as number);
      return sum;
    });
    expect(argMax(logits, 0, classes)).toBe(argMax(answers, row, classes));
  }
});

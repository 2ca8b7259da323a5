import { describe, expect, it } from 'vitest';
import { confidences, logConfidences, logitConfidences, modifiedEntropies } from '../../../src/attacks/model-to-data/signals.ts';
import type { Probabilities } from '../../../src/core/access.ts';
import { randomOf } from '../../../src/core/random.ts';
import { softmax } from '../../../src/lab/reported.ts';
import real from '../../reference/mia_fixture_clean.json' with { type: 'json' };

const answers = (...rows: number[][]): Probabilities => ({
  kind: 'probabilities',
  values: Float32Array.from(rows.flat()),
  count: rows.length,
  classes: rows[0]?.length ?? 0,
});
const labels = (...classes: number[]) => Int32Array.from(classes);
const logSumExp = (logits: number[]) => {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
};
/** φ from logits, in double precision: z_y − ln Σ exp z_others. */
const phiOf = (logits: number[], label: number) => (logits[label] as number) - logSumExp(logits.filter((_, c) => c !== label));

/** A probability is kept to 2⁻²⁴ of itself, and so is its logarithm absolutely; ten classes may add up, 1e-6. */
const singlePrecision = 1e-6;

describe('the logit of the confidence', () => {
  it('is z_y − logsumexp(z_others) on softmaxed logits, however sure the model is', () => {
    const random = randomOf('logits');
    for (const scale of [0.1, 1, 10, 25]) {
      // Differences of logits up to 87 leave the smallest normal single, 1e-38, alone; 1e-30 is where answers count as 0.
      const rows = Array.from({ length: 200 }, () => Array.from({ length: 10 }, () => scale * (2 * random.uniform() - 1)));
      const truth = labels(...rows.map(() => random.integer(10)));
      const phis = logitConfidences(softmax(Float32Array.from(rows.flat()), 10), truth);
      rows.forEach((row, i) => {
        const given = row.map(Math.fround); // logits are single precision, too
        expect(Math.abs((phis[i] as number) - phiOf(given, truth[i] as number))).toBeLessThan(singlePrecision);
      });
    }
  });

  it('and the loss are PyTorch’s on the logits of a real model', () => {
    const served = softmax(Float32Array.from(real.target_logits.flat()), 10);
    const phis = logitConfidences(served, Int32Array.from(real.label));
    const logs = logConfidences(served, Int32Array.from(real.label));
    // The logits are given with six decimals: ±5e-7 on z_y and as much on the others, and what single precision adds.
    real.target_phi.forEach((phi, i) => expect(Math.abs((phis[i] as number) - phi)).toBeLessThan(3e-6));
    real.expected.loss_yeom.losses.forEach((loss, i) => expect(Math.abs(-(logs[i] as number) - loss)).toBeLessThan(3e-6));
  });

  it('stays finite where answers were rounded to 0 and 1', () => {
    const [right, wrong] = logitConfidences(answers([1, 0, 0], [1, 0, 0]), labels(0, 1));
    expect(right).toBeCloseTo(-Math.log(1e-30), 6);
    expect(wrong).toBeCloseTo(Math.log(1e-30), 6);
  });
});

describe('the confidence', () => {
  it('is the probability of the true class, and its logarithm', () => {
    const two = answers([0.25, 0.75], [0.5, 0.5]);
    expect([...confidences(two, labels(1, 0))]).toEqual([0.75, 0.5]);
    expect([...logConfidences(two, labels(1, 0))]).toEqual([Math.log(0.75), Math.log(0.5)]);
  });
});

describe('modified entropy', () => {
  it('is −(1 − p_y) ln p_y − Σ p_c ln(1 − p_c)', () => {
    const [entropy] = modifiedEntropies(answers([0.5, 0.25, 0.25]), labels(0));
    expect(entropy).toBeCloseTo(-0.5 * Math.log(0.5) - 2 * 0.25 * Math.log(0.75), 12); // these are exact in single precision
    const [wrong] = modifiedEntropies(answers([0.5, 0.25, 0.25]), labels(1));
    expect(wrong).toBeCloseTo(-0.75 * Math.log(0.25) - 0.5 * Math.log(0.5) - 0.25 * Math.log(0.75), 12);
  });

  it('is 0 where the model is surely right, and large, not infinite, where it is surely wrong', () => {
    const [right, wrong] = modifiedEntropies(answers([1, 0], [1, 0]), labels(0, 1));
    expect(right).toBeCloseTo(0, 12);
    expect(wrong).toBeCloseTo(-2 * Math.log(1e-30), 6);
  });

  it('tells right from wrong where plain entropy does not', () => {
    const [right, wrong] = modifiedEntropies(answers([0.9, 0.1], [0.9, 0.1]), labels(0, 1)) as unknown as [number, number];
    expect(right).toBeLessThan(wrong);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import miFace from '../../../src/attacks/model-to-data/mi-face.ts';
import { smoothnessGradient } from '../../../src/attacks/model-to-data/smoothness.ts';
import type { GradientTarget } from '../../../src/core/access.ts';
import type { InvertedClasses } from '../../../src/core/artefact.ts';
import type { AttackContext } from '../../../src/core/attacker.ts';
import { initialValues } from '../../../src/core/params.ts';
import { mean } from '../../../src/core/statistics.ts';
import { type Metrics, numberOf, runOf } from '../../lab/experiments.ts';

const digits = {
  data: { id: 'mnist', members: 1000, nonMembers: 0, population: 2000, test: 500 },
  model: { id: 'mlp', hidden: [128] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 15 },
  attack: { id: 'mi-face' },
  lanes: [{ name: 'undefended', defenses: [] as object[] }],
};

describe('one step of MI-Face on a linear model', () => {
  const weights = [
    [0.5, -0.25, 1, 0],
    [-1, 0.5, 0.25, 0.75],
  ];
  /** Logits are weights · x: how a logit moves with the input is a row of the weights, whatever the input. */
  const target: GradientTarget = {
    labels: () => Promise.reject(new Error('nobody asks')),
    probabilities: () => Promise.reject(new Error('nobody asks')),
    gradients: async (_inputs, classes) => Float32Array.from(Array.from(classes).flatMap((own) => weights[own] as number[])),
  };

  it('goes along the weights of the class, and never leaves the greys', async () => {
    const context = { shape: [4], classes: 2 } as unknown as AttackContext;
    const options = { ...initialValues(miFace.params), steps: 1, stepSize: 0.4, start: 0.8 };
    const run = miFace.run(target, options, context);
    let step = await run.next();
    while (!step.done) step = await run.next();
    const expected = weights.flatMap((row) => row.map((weight) => Math.max(0, Math.min(1, 0.8 + 0.4 * weight))));
    const { pictures } = step.value as InvertedClasses;
    for (const [i, pixel] of expected.entries()) expect(pictures[i]).toBeCloseTo(pixel, 6);
  });

  it('is drawn to smooth pictures by the slope of their roughness', () => {
    const shape = [3, 4, 1];
    const picture = Float32Array.from({ length: 12 }, (_, i) => ((i * 7) % 11) / 11);
    const roughness = (pixels: Float32Array) => {
      let sum = 0;
      for (let r = 0; r < 3; r++)
        for (let c = 0; c < 4; c++) {
          const here = pixels[r * 4 + c] as number;
          if (c < 3) sum += 0.5 * (here - (pixels[r * 4 + c + 1] as number)) ** 2;
          if (r < 2) sum += 0.5 * (here - (pixels[r * 4 + c + 4] as number)) ** 2;
        }
      return sum;
    };
    const slopes = smoothnessGradient(picture, shape);
    for (let i = 0; i < 12; i++) {
      const shifted = (by: number) => picture.map((pixel, j) => (i === j ? pixel + by : pixel));
      expect(slopes[i]).toBeCloseTo((roughness(shifted(0.01)) - roughness(shifted(-0.01))) / 0.02, 4); // quadratic: exact but for rounding
    }
  });
});

describe('MI-Face on digits', () => {
  const runs: Metrics[] = [];
  beforeAll(async () => {
    for (const seed of [1, 2]) runs.push((await runOf({ ...digits, seed })).lanes[0] as Metrics);
  }, 120_000);

  it('draws pictures that an independent model takes for their class, four of five at least', () => {
    const recognised = runs.map((run) => numberOf(run, 'attackSuccessRate'));
    console.log(`recognised: ${recognised}; likeness ${runs.map((run) => numberOf(run, 'correlation').toFixed(3))}`);
    expect(mean(recognised)).toBeGreaterThanOrEqual(0.8);
    expect(runs[0]?.attackSuccessRate?.chance).toBe(0.1);
  });

  it('shows how small an error plain grey has, and how like other classes its pictures are', () => {
    for (const { mse, correlation } of runs) {
      expect(mse).toMatchObject({ chanceIs: 'plain grey', chance: expect.closeTo(0.16, 1) });
      expect(correlation?.chanceIs).toBe('to the other classes');
      expect(correlation?.low).toBeGreaterThan(correlation?.chance as number);
    }
  });
});

it('finds nothing in a model that has learned nothing', async () => {
  // From grey: at black all its ReLUs are on their edge, and nothing would move at all.
  const attack = { ...digits.attack, start: 0.5 };
  const { lanes, verdict } = await runOf({ ...digits, attack, training: { ...digits.training, epochs: 0 }, seed: 1 });
  const { correlation, attackSuccessRate } = lanes[0] as Metrics;
  expect(correlation?.low).toBeLessThan(correlation?.chance as number);
  expect(attackSuccessRate?.low).toBeLessThan(0.1);
  expect(verdict).toContain('resemble no class more than another');
});

describe('MI-Face on rounded answers', () => {
  const lanes = [...digits.lanes, { name: 'rounding', defenses: [{ id: 'output-rounding', decimals: 1 }] }];
  const few = { ...digits, data: { ...digits.data, members: 500, population: 0 }, lanes }; // nobody asks whom the pictures show
  const ascent = { id: 'mi-face', objective: 'probability', stepSize: 1, steps: 100, smoothness: 0, until: 0.99 };

  it('sees no slope: every picture stays as black as it began', async () => {
    const [plain, rounded] = (await runOf({ ...few, attack: ascent, seed: 1 })).lanes;
    expect(numberOf(plain, 'correlation')).toBeGreaterThan(0.3);
    expect(numberOf(rounded, 'correlation')).toBe(0);
  });

  it('sees it again once it is told of the rounding', async () => {
    const [plain, rounded] = (await runOf({ ...few, attack: { ...ascent, adaptive: true }, seed: 1 })).lanes;
    // It cannot tell .96 from .99, so it stops a little earlier or later.
    expect(Math.abs(numberOf(rounded, 'correlation') - numberOf(plain, 'correlation'))).toBeLessThan(0.1);
  });
});

/** MI-Face on softmax regression against the same in PyTorch, and in ART (`reference/model_inversion.json`). */
import { beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/model_inversion.json' with { type: 'json' };
import { type Metrics, numberOf, welchBound } from './experiments.ts';
import { inOrder } from './inversion-victims.ts';

const figures = reference.runs['none|init=0.0'];
const dpFigures = reference.runs['dpsgd_eps3|init=0.0'];
const art = reference.ART_MIFace;
const order = { members: [0, 4000], test: [8000, 10000] } as const;
const ascent = { id: 'mi-face', objective: 'probability', stepSize: 0.1, steps: 2000, start: 0, smoothness: 0, until: 0.99 };
const softmax = { model: { id: 'softmax' }, attack: ascent };
const undefended = { name: 'undefended', defenses: [] };

describe('MI-Face on softmax regression', () => {
  let plain: Metrics[] = [];
  let decayed: Metrics[] = [];
  let noisy: Metrics[] = [];
  const valuesOf = (runs: readonly Metrics[], name: 'correlation' | 'ssim' | 'mse') => runs.map((run) => numberOf(run, name));
  const steps = (runs: readonly Metrics[]) => runs.map((run) => numberOf(run, 'queries') / 10); // of ten classes, one question a step

  beforeAll(async () => {
    const training = { optimizer: 'sgd', learningRate: 0.1, batchSize: 64, epochs: 20 };
    // λ · Σ w² with λ = .01 has the gradient 2λ · w
    const lanes = [undefended, { name: 'weight decay', defenses: [{ id: 'weight-decay', strength: 0.02 }] }];
    [plain, decayed] = (await inOrder({ ...softmax, training, lanes }, order, [1, 2, 3])) as [Metrics[], Metrics[]];
    const dpSgd = { id: 'dp-sgd', noiseMultiplier: reference.dp_sigma['3.0'], clip: 1, delta: 1e-4 };
    const dpLanes = [{ name: 'DP-SGD', defenses: [dpSgd] }];
    [noisy] = (await inOrder({ ...softmax, training: { ...training, learningRate: 0.5 }, lanes: dpLanes }, order, [1, 2, 3])) as [
      Metrics[],
    ];
  }, 300_000);

  it('draws what PyTorch draws, in as many steps', () => {
    for (const [name, figure] of [
      ['correlation', figures.corr],
      ['ssim', figures.ssim],
      ['mse', figures.mse],
    ] as const) {
      const own = valuesOf(plain, name);
      console.log(`${name}: ${mean(own)}, PyTorch ${figure.mean}`);
      expect(Math.abs(mean(own) - figure.mean), name).toBeLessThan(welchBound(own, figure));
    }
    console.log(`steps: ${mean(steps(plain))}, PyTorch ${figures.iters.mean}`);
    // PyTorch counts the steps, we the questions: one more for every picture, the one that finds it sure.
    expect(Math.abs(mean(steps(plain)) - 1 - figures.iters.mean)).toBeLessThan(1 + welchBound(steps(plain), figures.iters));
  });

  it('draws about what ART draws', () => {
    expect(Math.abs(mean(valuesOf(plain, 'correlation')) - art.none.corr.mean)).toBeLessThan(0.01);
    expect(Math.abs(mean(valuesOf(decayed, 'correlation')) - art.l2_1e_2.corr.mean)).toBeLessThan(0.02);
    expect(Math.abs(mean(valuesOf(noisy, 'correlation')) - art.dpsgd_eps3.corr.mean)).toBeLessThan(0.02);
  });

  it('is stopped by DP-SGD, as far as in PyTorch', () => {
    for (const [name, figure] of [
      ['correlation', dpFigures.corr],
      ['ssim', dpFigures.ssim],
    ] as const) {
      const own = valuesOf(noisy, name);
      console.log(`DP-SGD ${name}: ${mean(own)}, PyTorch ${figure.mean}`);
      expect(Math.abs(mean(own) - figure.mean), name).toBeLessThan(welchBound(own, figure));
    }
  });

  it('is helped by weight decay: a false friend', () => {
    console.log(`weight decay: ${mean(valuesOf(decayed, 'correlation'))}, ART ${art.l2_1e_2.corr.mean}`);
    for (const [seed, run] of decayed.entries())
      expect(numberOf(run, 'correlation')).toBeGreaterThan(numberOf(plain[seed], 'correlation') + 0.03);
  });

  it('says plainly that nobody looked at the pictures where there is no model to look', () => {
    expect(plain[0]?.attackSuccessRate).toMatchObject({ value: null, how: expect.stringContaining('population') });
  });
});

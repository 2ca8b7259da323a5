/** Gradient leakage as an experiment: what the judge sees, what defenses do, and what an attacker who knows of them does then. */
import { beforeAll, describe, expect, it } from 'vitest';
import { newcombe } from '../../src/metrics/intervals.ts';
import { numberOf, type RunResult, runOf } from './experiments.ts';

const experiment = (attack: object, defenses: Readonly<Record<string, readonly object[]>>) => ({
  data: { id: 'mnist', members: 20, nonMembers: 10, population: 100, test: 50 },
  model: { id: 'mlp', hidden: [128], activation: 'sigmoid' },
  training: { epochs: 0 },
  attack: { id: 'gradient-leakage', ...attack },
  lanes: Object.entries(defenses).map(([name, list]) => ({ name, defenses: list })),
  seed: 1,
});
const noise = (deviation: number) => [{ id: 'gradient-noise', deviation }];
const pruning = (kept: number) => [{ id: 'gradient-pruning', kept }];

describe('dividing', () => {
  const shares = 20;
  const defenses = {
    undefended: [],
    'a little noise': noise(0.01),
    'nothing but noise': noise(10),
    'DP-SGD': [{ id: 'dp-sgd', clip: 1, noiseMultiplier: 1 }],
  };
  const runs: Record<'plain' | 'adaptive', RunResult> = {} as never;
  beforeAll(async () => {
    runs.plain = await runOf(experiment({ method: 'analytic', shares }, defenses));
    runs.adaptive = await runOf(experiment({ method: 'analytic', shares, adaptive: true }, defenses));
  });
  const back = (run: 'plain' | 'adaptive', lane: number) =>
    Math.round(shares * numberOf(runs[run].lanes[lane], 'attackSuccessRate'));
  const lower = (hits: number, others: number) => newcombe(hits, shares, others, shares)[1] < 0;

  it('gets everything back from an undefended gradient, beyond 120 dB', () => {
    expect(back('plain', 0)).toBe(shares);
    expect(numberOf(runs.plain.lanes[0], 'psnr')).toBeGreaterThan(120);
    expect(numberOf(runs.plain.lanes[0], 'gradientCosine')).toBeCloseTo(1, 12);
  });

  it('is stopped by a little noise, which leaves the gradient worth sharing; not where the attacker averages it out', () => {
    expect(lower(back('plain', 1), back('plain', 0))).toBe(true);
    expect(numberOf(runs.plain.lanes[1], 'gradientCosine')).toBeGreaterThan(0.8);
    expect(lower(back('plain', 1), back('adaptive', 1))).toBe(true);
  });

  it.each(['plain', 'adaptive'] as const)('finds nothing where there is nothing but noise (%s)', (run) => {
    const { attackSuccessRate, mse } = runs[run].lanes[2] ?? {};
    expect(attackSuccessRate).toMatchObject({ value: 0, low: 0, chance: 0, sampleSize: shares });
    expect(attackSuccessRate?.high).toBeCloseTo(0.161, 3); // Wilson at 0 of 20
    expect(mse?.value).toBeGreaterThan(0.05);
  });

  it.each(['plain', 'adaptive'] as const)(
    'is stopped by DP-SGD, with a proof, and the gradient is worth little then (%s)',
    (run) => {
      expect(back(run, 3)).toBe(0);
      const lane = runs[run].lanes[3];
      // One release of σ = 1 at δ = 1e-4: RDP α / 2, at its best order.
      expect(numberOf(lane, 'epsilon')).toBeGreaterThan(3.5);
      expect(numberOf(lane, 'epsilon')).toBeLessThan(4.5);
      expect(lane?.epsilon?.how).toContain('1 release of every example');
      expect(numberOf(lane, 'gradientCosine')).toBeLessThan(0.1);
    },
  );

  it('is told with its price, which is not accuracy: nobody trains on what was shared', () => {
    expect(runs.plain.verdict).toContain('The attacker gets back 100 % of the private examples');
    expect(runs.plain.verdict).toMatch(/With DP-SGD it falls to 0 %; -?0\.0\d of the gradient’s worth is left/);
    expect(runs.plain.verdict).not.toContain('accuracy');
  });
});

describe('searching', () => {
  const shares = 8;
  const attack = { method: 'idlg', shares, steps: 80 };
  let plain: RunResult;
  let adaptive: RunResult;
  beforeAll(async () => {
    plain = await runOf(experiment(attack, { undefended: [], pruned: pruning(0.03), 'nothing but noise': noise(10) }));
    adaptive = await runOf(experiment({ ...attack, adaptive: true }, { pruned: pruning(0.03) }));
  });
  const back = (run: RunResult, lane: number) => Math.round(shares * numberOf(run.lanes[lane], 'attackSuccessRate'));

  it('is confused by pruning, which an attacker who knows of it undoes for the most part', () => {
    expect(newcombe(back(plain, 1), shares, back(plain, 0), shares)[1]).toBeLessThan(0);
    expect(newcombe(back(plain, 1), shares, back(adaptive, 0), shares)[1]).toBeLessThan(0);
    expect(numberOf(adaptive.lanes[0], 'psnr')).toBeLessThan(numberOf(plain.lanes[0], 'psnr')); // not all of it
  });

  it('finds nothing where there is nothing but noise', () => {
    expect(plain.lanes[2]?.attackSuccessRate).toMatchObject({ value: 0, low: 0 });
  });

  it('shows the pictures as they emerge, and how far off their gradients are', () => {
    const shown = plain.events.filter((event) => event.lane === 0 && event.type === 'evidence' && event.id === 'pictures');
    expect(shown.length).toBeGreaterThanOrEqual(5);
    const distance = plain.events.find((event) => event.lane === 0 && event.type === 'evidence' && event.id === 'distance');
    expect(distance).toMatchObject({ evidence: { kind: 'curve' } });
  });
});

it('a batch of ReLU units falls whole, in any order, from the gradient of a trained network too', async () => {
  const { lanes } = await runOf({
    ...experiment({ method: 'analytic', batchSize: 4, shares: 5 }, { undefended: [] }),
    model: { id: 'mlp', hidden: [128], activation: 'relu' },
    training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 1 },
  });
  expect(lanes[0]?.attackSuccessRate).toMatchObject({ value: 1, sampleSize: 20 });
});

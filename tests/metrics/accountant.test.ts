import { describe, expect, it } from 'vitest';
import { epsilonOf, orders } from '../../src/metrics/accountant.ts';
import { epsilonAtOrder, rdpOfStep } from '../../src/metrics/rdp.ts';
import opacus from '../reference/dp_accountant.json' with { type: 'json' };
import dpSgd from '../reference/dp_sgd.json' with { type: 'json' };
import independent from '../reference/metrics.json' with { type: 'json' };

const relative = (ours: number, theirs: number) => Math.abs(ours / theirs - 1);

describe('ε', () => {
  it.each(opacus.cases)('agrees with Opacus and its order: $name', ({ sigma, q, steps, delta, ...theirs }) => {
    const ours = epsilonOf(sigma, q, steps, delta);
    expect(relative(ours.epsilon, theirs.opacus_rdp_eps)).toBeLessThan(1e-9); // the same series in the same precision
    expect(ours.order).toBeCloseTo(theirs.opacus_rdp_alpha, 12);
    expect(ours.accountant).toBe('rdp');
  });

  it.each(opacus.cases)('at whole orders is that of TF Privacy: $name', ({ sigma, q, steps, delta, tf_alpha, ...theirs }) => {
    const ours = epsilonAtOrder(steps * rdpOfStep(q, sigma, tf_alpha), tf_alpha, delta);
    expect(relative(ours, theirs.tfprivacy_old_rdp_eps_int_orders)).toBeLessThan(1e-9);
    // Two divergences of a thousand others: the order 32 is where logarithms are needed.
    [2, 8, 32].forEach((order, i) =>
      expect(relative(steps * rdpOfStep(q, sigma, order), theirs.rdp_at_orders_2_8_32[i] as number)).toBeLessThan(1e-9),
    );
  });

  it.each(opacus.cases)(
    'is a bound: not below the tighter PRV accountant’s: $name',
    ({ sigma, q, steps, delta, opacus_prv_eps }) => {
      const { epsilon } = epsilonOf(sigma, q, steps, delta);
      expect(epsilon).toBeGreaterThan(opacus_prv_eps);
      expect(epsilon).toBeLessThan(1.2 * opacus_prv_eps); // the cases lie at 1.09 to 1.12
    },
  );

  const atWholeOrders = (sigma: number) =>
    Math.min(...Array.from({ length: 255 }, (_, i) => epsilonAtOrder(782 * rdpOfStep(0.064, sigma, i + 2), i + 2, 1e-4)));

  it.each(Object.entries(dpSgd.runs).filter(([, { config }]) => config.sigma > 0))(
    'is what the noise was chosen for: %s',
    (name, { config: { sigma, q, steps, delta } }) => {
      const meant = Number(/eps=([\d.]+)/.exec(name)?.[1]);
      expect(relative(atWholeOrders(sigma), meant)).toBeLessThan(1e-6); // chosen at whole orders; σ is given with six decimals
      const { epsilon } = epsilonOf(sigma, q, steps, delta);
      expect(epsilon).toBeLessThanOrEqual(meant * (1 + 1e-6));
      expect(epsilon).toBeGreaterThan(meant * 0.997); // what fractional orders gain at ε = 8, where order 3.1 is best
    },
  );

  it.each(Object.entries(dpSgd.null_and_bound.runs))(
    'is at most that of the null runs, and no less than any order gives: %s',
    (name, { eps }) => {
      const sigma = Number(name.split('=')[1]);
      const { epsilon } = epsilonOf(sigma, 0.064, 782, 1e-4);
      expect(epsilon).toBeLessThan(eps + 0.00005); // four decimals are given
      expect(epsilon).toBeGreaterThan(atWholeOrders(sigma) * (1 - 1e-12));
      expect(atWholeOrders(sigma)).toBeGreaterThan(0.97 * eps); // at σ = 100 the best order is about 160, which the independent grid lacked
    },
  );

  const increasing = (values: number[]) => values.every((value, i) => i === 0 || value > (values[i - 1] as number));

  it('falls with noise, and grows with the sampling rate, the steps and a smaller δ', () => {
    expect(increasing([20, 5, 2, 1, 0.5, 0.3].map((sigma) => epsilonOf(sigma, 0.064, 782, 1e-4).epsilon))).toBe(true);
    expect(increasing([0.001, 0.01, 0.1, 0.5, 0.9, 1].map((q) => epsilonOf(2, q, 100, 1e-5).epsilon))).toBe(true);
    expect(increasing([1, 10, 100, 1000, 10000].map((steps) => epsilonOf(2, 0.01, steps, 1e-5).epsilon))).toBe(true);
    expect(increasing([1e-2, 1e-4, 1e-6, 1e-9].map((delta) => epsilonOf(2, 0.01, 100, delta).epsilon))).toBe(true);
  });

  it('is infinite without noise, and nothing where nobody is looked at', () => {
    expect(epsilonOf(0, 0.1, 10, 1e-5).epsilon).toBe(Number.POSITIVE_INFINITY);
    expect(epsilonOf(1, 0, 10, 1e-5).epsilon).toBe(0);
    expect(epsilonOf(1, 0.1, 0, 1e-5).epsilon).toBe(0);
    expect(epsilonOf(0, 0.1, 0, 1e-5).epsilon).toBe(0);
  });

  it('has fractional orders: at strong leakage whole ones alone say far more', () => {
    const best = (among: readonly number[]) =>
      Math.min(...among.map((order) => epsilonAtOrder(782 * rdpOfStep(0.064, 0.5, order), order, 1e-4)));
    expect(best(orders.filter(Number.isInteger))).toBeGreaterThan(1.2 * best(orders));
  });
});

describe('the Rényi divergence of one step', () => {
  it.each(independent.renyi)(
    'agrees with quadrature of its definition: q = %d, σ = %d, order %d',
    (q, sigma, order, expected) => {
      // The quadrature knows its integral, about 1, to some 1e-13; the smallest divergence here is 2e-5.
      expect(relative(rdpOfStep(q as number, sigma as number, order as number), expected as number)).toBeLessThan(1e-8);
    },
  );

  it('has its closed form α/2σ² where everybody joins, and is continuous up to there', () => {
    for (const order of [1.5, 2, 7.3, 32]) {
      expect(rdpOfStep(1, 3, order)).toBeCloseTo(order / 18, 14);
      expect(relative(rdpOfStep(1 - 1e-9, 3, order), order / 18)).toBeLessThan(1e-7);
    }
  });

  it('joins smoothly between whole and fractional orders, which are two different series', () => {
    for (const order of [2, 5, 10]) {
      const [below, at, above] = [order - 1e-6, order, order + 1e-6].map((alpha) => rdpOfStep(0.05, 1.3, alpha)) as [
        number,
        number,
        number,
      ];
      expect(relative((below + above) / 2, at)).toBeLessThan(1e-8);
    }
  });
});

/**
 * DLG and iDLG beside the same searches in PyTorch: the same digits, untrained networks of the same kind, other random numbers. A search
 * without a line search either arrives, as exactly as its tolerances ask, or flies away; how often is part of the figure.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import digits8 from '../../datasets/digits8/index.ts';
import type { Examples } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import { median } from '../../src/core/statistics.ts';
import { readAsset } from '../datasets/read.ts';
import inversion from '../reference/gradient_inversion.json' with { type: 'json' };
import { expectAsInPyTorch, searched, shown } from './searched-gradients.ts';
import { batchesOf } from './shared-gradients.ts';

let small: Examples;
beforeAll(async () => {
  small = await digits8.load({ heldBack: 0 }, readAsset, randomOf('unused'));
});

describe.each(['dlg', 'idlg'] as const)('%s with L-BFGS on digits', (method) => {
  it('arrives as often, as exactly and with as many labels as in PyTorch', () =>
    expectAsInPyTorch(method, 'lbfgs', 'double', 30));
});

describe.each(['sigmoid', 'relu'] as const)('a small network, 64-64-10 with %s, on digits of 8 × 8', (activation) => {
  const attack = (options: object) =>
    searched({ batches: batchesOf(small, 5, 1), shape: [8, 8, 1], hidden: [64], activation, options, begins: 'torch' });

  it.each([
    ['lbfgs', 1000, inversion.summary[`${activation}.aijack_dlg_LBFGS_mse`]],
    ['adam', 1500, inversion.summary[`${activation}.aijack_dlg_Adam_mse`]],
  ] as const)('gives its input away to %s, label first, with an error under 1e-8', async (optimizer, steps, theirs) => {
    const { errors, labels } = await attack({ method: 'idlg', optimizer, steps });
    console.log(`${activation} ${optimizer}: ${shown(errors)}; AIJack ${theirs.min} to ${theirs.max}`);
    expect(median(errors)).toBeLessThan(1e-8);
    expect(labels).toBe(5);
  });

  it('gives it away to a division too', async () => {
    const { errors, labels } = await attack({ method: 'analytic' });
    expect(Math.max(...errors)).toBeLessThan(1e-12);
    expect(labels).toBe(5);
  });
});

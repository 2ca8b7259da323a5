/**
 * What noise and pruning leave of a picture, beside the same in PyTorch (`reference/inversion-more.json`): divisions through one unit and
 * through all of them, and the search. The reference's search has a line search and flies away less; those of ours that arrive are compared.
 */
import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import mnist from '../../datasets/mnist/index.ts';
import { fromAllUnits } from '../../src/attacks/model-to-data/first-layer.ts';
import type { Examples } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { psnrOf } from '../../src/metrics/pictures.ts';
import { readAsset } from '../datasets/read.ts';
import { type ReferenceFigure, welchBound } from './experiments.ts';
import { batchesOf, type Leak, leaked, meanSquared } from './shared-gradients.ts';

const shape = [28, 28, 1];
let digits: Examples;
beforeAll(async () => {
  digits = await mnist.load({ heldBack: 0 }, readAsset, randomOf('unused'));
});

const clipped = (picture: ArrayLike<number>) => Float64Array.from(picture, (value) => Math.min(1, Math.max(0, value)));
const decibels = (picture: ArrayLike<number>, batch: Examples) =>
  psnrOf(Math.max(1e-20, meanSquared(clipped(picture), batch.inputs)));

type Rows = Readonly<Record<string, { readonly psnr: ReferenceFigure }>>;
const file = new URL('../reference/inversion-more.json', import.meta.url);
const made = existsSync(file); // its script takes long, and is run by hand
const rows: Rows = made ? JSON.parse(readFileSync(file, 'utf8')).leakage : {};
function expectAgreement(name: string, own: readonly number[]) {
  const { psnr } = rows[name] as { psnr: ReferenceFigure };
  console.log(`${name}: ${mean(own).toFixed(2)} dB, PyTorch ${psnr.mean} ± ${psnr.sd}`);
  expect(Math.abs(mean(own) - psnr.mean)).toBeLessThan(welchBound(own, psnr));
}

const noise = (deviation: number) => ({ id: 'gradient-noise', deviation });
const pruning = (kept: number) => ({ id: 'gradient-pruning', kept });
const base = { shape, hidden: [128], options: { method: 'analytic' } } as const;
const images = 40;

it.runIf(made).each([
  ['sigmoid', 'noise 0.01', noise(0.01)],
  ['sigmoid', 'noise 0.1', noise(0.1)],
  ['relu', 'noise 0.01', noise(0.01)],
  ['sigmoid', 'prune_all 0.1', pruning(0.1)],
  ['sigmoid', 'prune_all 0.01', pruning(0.01)],
  ['relu', 'prune_all 0.01', pruning(0.01)],
] as const)('a division through %s with %s leaves as much', async (activation, name, defense) => {
  const leak: Leak = { ...base, batches: batchesOf(digits, images, 1), activation, defenses: [defense] };
  const found = await leaked(leak);
  const one = found.map(({ batch, recovered }) => decibels(recovered.inputs, batch));
  expectAgreement(`${activation}|${name}|analytic, one unit`, one);

  // The reference fits x once, to the bias's gradient as it was sent; ours goes on and does no worse.
  const fits = found.map(({ batch, network, gradient }) => {
    const through = (rounds: number) => decibels(fromAllUnits(network, gradient, rounds) as Float64Array, batch);
    return { once: through(1), often: through(30) };
  });
  expectAgreement(
    `${activation}|${name}|analytic, ${name.startsWith('prune') ? 'kept entries' : 'all units'}`,
    fits.map(({ once }) => once),
  );
  expect(mean(fits.map(({ often }) => often))).toBeGreaterThan(mean(fits.map(({ once }) => once)) - 0.01);
});

it.runIf(made).each([
  ['noise 0.01', noise(0.01)],
  ['noise 0.1', noise(0.1)],
] as const)('a search through %s leaves as much', async (name, defense) => {
  const options = { method: 'idlg', steps: 300 };
  const found = await leaked({ ...base, options, batches: batchesOf(digits, 10, 1), activation: 'sigmoid', defenses: [defense] });
  const arrived = found.filter(({ recovered }) => recovered.inputs.every((value) => Math.abs(value) < 10));
  expect(arrived.length).toBeGreaterThanOrEqual(5);
  expectAgreement(
    `sigmoid|${name}|idlg`,
    arrived.map(({ batch, recovered }) => decibels(recovered.inputs, batch)),
  );
});

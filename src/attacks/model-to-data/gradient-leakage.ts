/**
 * Gradient leakage: in federated learning nobody sends data, only gradients, and a gradient is made of the data. Whoever receives one looks
 * for the batch that would have made it (DLG), with the label read off first (iDLG), or divides two of its entries and has the input exactly.
 */
import type { RecoveredInputs } from '../../core/artefact.ts';
import { defineAttack } from '../../core/attack.ts';
import { evidence, progress } from '../../core/event.ts';
import { oneHot } from '../../core/examples.ts';
import { type Layer, layersOf, type Multilayer, multilayerOf, widthsOf } from '../../core/multilayer.ts';
import { choice, count, toggle } from '../../core/params.ts';
import { argMax } from '../../core/statistics.ts';
import { fromAllUnits, fromLoneUnits, fromLoudestUnit } from './first-layer.ts';
import { distanceTo, silentInputs } from './gradient-distance.ts';
import { firstGuess, optimizers, type Search, searchFor } from './gradient-search.ts';

type Numbers = Float64Array<ArrayBuffer>;

/** Steps between two looks at the guess for one example: the iterations of one call of PyTorch's L-BFGS. */
const stepsAtATime = 20;
/** Examples that are searched for side by side: L-BFGS remembers a megabyte of each. */
const examplesAtOnce = 16;
const shownLines = 10;

export default defineAttack({
  id: 'gradient-leakage',
  title: 'Gradient leakage (DLG)',
  axis: 'model-to-data',
  family: 'model inversion',
  says: 'Gets the private examples back from the gradient that was computed on them: by a search for examples with the same gradient, or by a division.',
  paper: {
    title: 'Deep Leakage from Gradients',
    authors: 'Zhu, Liu, Han',
    venue: 'NeurIPS',
    year: 2019,
    arxiv: '1906.08935',
  },
  access: 'shared-gradients',
  brings: 'recovered inputs',
  knows: [],
  params: {
    method: choice({
      label: 'Method',
      says: 'analytic divides a unit’s weight gradient by its bias gradient; dlg searches for input and label; idlg reads the label first (Zhao 2020).',
      choices: ['analytic', 'dlg', 'idlg'],
      initial: 'dlg',
    }),
    optimizer: choice({
      label: 'Search with',
      says: 'L-BFGS takes few steps and now and then flies away; Adam is slow and steady.',
      choices: optimizers,
      initial: 'lbfgs',
    }),
    batchSize: count({
      label: 'Examples a gradient',
      says: 'A shared gradient is the mean over so many examples.',
      min: 1,
      max: 8,
      step: 1,
      initial: 1,
    }),
    shares: count({
      label: 'Gradients',
      says: 'How many shared gradients the attacker sees, each of other examples.',
      min: 1,
      max: 100,
      step: 1,
      initial: 10,
    }),
    precision: choice({
      label: 'Precision',
      says: 'In how many digits the gradient is sent: single precision has seven, double sixteen.',
      choices: ['double', 'single'],
      initial: 'double',
    }),
    steps: count({ label: 'Steps', says: 'At most so many steps of the search.', min: 1, max: 20000, step: 20, initial: 1000 }),
    adaptive: toggle({
      label: 'Knows the defense',
      says: 'Compares only entries that are not zero, where a defense pruned the others; divides over all units at once, so that noise averages out.',
      initial: false,
    }),
  },
  metrics: ['attackSuccessRate', 'mse', 'psnr', 'ssim'],
  refuses({ method, batchSize }, { model, shape, classes }) {
    const widths = widthsOf(model, sizeOf(shape), classes);
    if (!widths) return 'it takes a network of dense layers apart, and this model’s first layer is a convolution';
    const lonely = widths.length > 2 && model.options.activation === 'relu';
    if (method === 'analytic' && batchSize > 1 && !lonely) {
      return 'in a batch of several, only a ReLU answers to some examples and not to others: analytic needs a hidden layer of them';
    }
    return undefined;
  },
  async *run(target, { method, optimizer, batchSize, shares, precision, steps, adaptive }, { random, shape, classes }) {
    const network = multilayerOf(target.network) as Multilayer;
    const size = sizeOf(shape);
    const inputs = new Float64Array(shares * batchSize * size).fill(Number.NaN);
    const labels = new Int32Array(shares * batchSize).fill(-1);
    const recovered = (): RecoveredInputs => ({
      kind: 'recovered inputs',
      of: 'batch',
      inputs: inputs.slice(),
      labels: labels.slice(),
    });
    const receive = async () => {
      const gradient = await target.share(batchSize);
      return precision === 'single' ? Float64Array.from(gradient, Math.fround) : gradient;
    };

    const keep = (share: number, row: number, input: Numbers, label: number) => {
      inputs.set(input, (share * batchSize + row) * size);
      labels[share * batchSize + row] = label;
    };

    if (method === 'analytic') {
      for (let share = 0; share < shares; share++) {
        yield progress('dividing gradients', share, shares);
        const gradient = await receive();
        const tolerance = precision === 'single' ? 1e-4 : 1e-9;
        const found = batchSize > 1 ? fromLoneUnits(network, gradient, batchSize, tolerance) : alone(network, gradient, adaptive);
        for (const [row, { input, label }] of found.entries()) keep(share, row, input, label);
        if (share % 10 === 9) yield { type: 'artefact', artefact: recovered() };
      }
      return recovered();
    }

    const stride = Math.ceil(stepsAtATime / batchSize); // a look takes as long, whatever the batch
    const looks = Math.ceil(steps / stride);
    const atOnce = Math.max(1, Math.floor(examplesAtOnce / batchSize));
    const lines: DistanceLine[] = [];
    for (let first = 0; first < shares; first += atOnce) {
      const searches: (Search & { readonly known: Numbers | undefined })[] = [];
      for (let share = first; share < Math.min(shares, first + atOnce); share++) {
        const gradient = await receive();
        const known = method === 'idlg' ? Float64Array.from(oneHot(labelsOf(network, gradient, batchSize), classes)) : undefined;
        const objective = distanceTo(network, gradient, batchSize, { labels: known, pruned: adaptive });
        const guess = firstGuess(random.stream(`guess/${share}`), batchSize * size, known ? 0 : batchSize * classes);
        if (adaptive) for (const i of silentInputs(network, gradient)) blacken(guess, i, size, batchSize);
        searches.push({ ...searchFor(objective, optimizer, guess, stride), known });
        lines.push({ name: `gradient ${share + 1}`, x: [], y: [] });
      }
      for (let look = 0; look < looks; look++) {
        for (const [i, { guess, advance, known }] of searches.entries()) {
          yield progress('searching for the same gradient', first * looks + look * searches.length + i, shares * looks);
          const distance = advance();
          if (look % Math.ceil(looks / 50) === 0) mark(lines[first + i] as DistanceLine, (look + 1) * stride, distance);
          for (let row = 0; row < batchSize; row++) {
            const logits = known ?? guess.subarray(batchSize * size);
            keep(first + i, row, guess.slice(row * size, (row + 1) * size), argMax(logits, row, classes));
          }
        }
        // Most of what there is to see happens early.
        if (look < 10 || look % Math.ceil(looks / 10) === 0) yield { type: 'artefact', artefact: recovered() };
      }
    }
    yield evidence('distance', {
      kind: 'curve',
      title: 'How far the guess’s gradient is from the shared one',
      xLabel: 'steps',
      yLabel: 'log₁₀ of the squared distance',
      lines: lines.slice(0, shownLines),
    });
    return recovered();
  },
});

interface DistanceLine {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
}

function mark({ x, y }: DistanceLine, step: number, distance: number): void {
  if (!(distance > 0 && Number.isFinite(distance))) return;
  x.push(step);
  y.push(Math.log10(distance));
}

/** A batch of one, without a search. */
function alone(network: Multilayer, gradient: Numbers, adaptive: boolean) {
  const input = adaptive ? fromAllUnits(network, gradient) : fromLoudestUnit(network, gradient);
  return input ? [{ input, label: labelsOf(network, gradient, 1)[0] as number }] : [];
}

/**
 * The labels of a batch, in no order. Of one example, p − 1 is the only negative entry of the last bias’s gradient (Zhao et al. 2020,
 * § 3.1); of several, each of that class has pulled it down by 1 / batchSize, so the lowest is counted and put back until all are.
 */
function labelsOf(network: Multilayer, gradient: Numbers, batchSize: number): Int32Array<ArrayBuffer> {
  const { bias, outputs } = layersOf(network).at(-1) as Layer;
  const risen = gradient.slice(bias, bias + outputs).map((pull) => -pull);
  return Int32Array.from({ length: batchSize }, () => {
    const label = argMax(risen, 0, outputs);
    risen[label] = (risen[label] as number) - 1 / batchSize;
    return label;
  });
}

function blacken(guess: Numbers, input: number, size: number, batchSize: number): void {
  for (let row = 0; row < batchSize; row++) guess[row * size + input] = 0;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

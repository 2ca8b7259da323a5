/** The detectors of poison on made-up features: planted poison is found, and where there is none nobody is called poison. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckedData, DataContext } from '../../src/core/defense.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { find } from '../../src/core/experiment.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { defenses } from '../../src/defenses/index.ts';
import { serviceOf } from './service.ts';

const [count, classes, width, planted] = [600, 3, 8, 40];

/** Noise around each class's own place; the first of class 0 lie elsewhere, if any are planted. */
function made(poisoned: number): Examples {
  const random = randomOf('features');
  const labels = Int32Array.from({ length: count }, (_, row) => (row < poisoned ? 0 : row % classes));
  const inputs = Float32Array.from({ length: count * width }, (_, at) => {
    const [row, i] = [Math.floor(at / width), at % width];
    const place = row < poisoned ? 7 : (labels[row] as number);
    return random.normal() + (i === place ? 8 : 0);
  });
  return examplesOf(inputs, labels);
}

/** What a defense throws out when the network sees inputs as they are. */
async function removedBy(id: string, options: object, examples: Examples): Promise<number[]> {
  const { onData, params } = find(defenses, 'defense', id);
  const seeing = { features: async (inputs: Float32Array<ArrayBuffer>) => inputs } as unknown as OwnNetwork;
  const context: DataContext = {
    ...serviceOf(id, classes),
    examples,
    // biome-ignore lint/correctness/useYield: nothing is trained
    async *trainNetwork() {
      return seeing;
    },
  };
  const looking = onData?.({ ...initialValues(params), ...options }, context) as AsyncGenerator<unknown, CheckedData>;
  let step = await looking.next();
  while (!step.done) step = await looking.next();
  return Array.from(step.value.removed ?? []);
}

describe('spectral signatures', () => {
  let removed: number[] = [];
  beforeAll(async () => {
    removed = await removedBy('spectral-signatures', { share: planted / count }, made(planted));
  });
  it('throw the planted ones out first', () => {
    expect(removed.filter((row) => row < planted)).toHaveLength(planted);
  });
  it('and half as many more, of each class: that is the price', () => {
    expect(removed).toHaveLength(classes * 1.5 * planted);
    expect(new Set(removed).size).toBe(removed.length);
  });
});

describe('activation clustering', () => {
  it.each([{ rule: 'size' }, { rule: 'silhouette' }])('throws out the planted ones and nothing else: %j', async (options) => {
    const removed = await removedBy('activation-clustering', options, made(planted));
    expect(removed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: planted }, (_, row) => row));
  });
  it.each([{ rule: 'size' }, { rule: 'silhouette' }])('raises no alarm where every class is one cloud: %j', async (options) => {
    expect(await removedBy('activation-clustering', options, made(0))).toEqual([]);
  });
  it('cuts every class where it always throws out', async () => {
    const removed = await removedBy('activation-clustering', { rule: 'always' }, made(0));
    expect(removed.length / count).toBeGreaterThan(0.3);
  });
});

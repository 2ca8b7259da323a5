import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import mnist from '../../datasets/mnist/index.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import known from '../reference/mnist_order.json' with { type: 'json' };
import { assetPath, readAsset } from './read.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const loading = mnist.load({ heldBack: 0 }, readAsset, randomOf(1));

describe('MNIST-10k', () => {
  it('has the labels, in their order, that the reference figures were made with', async () => {
    const { labels, count } = await loading;
    expect(count).toBe(known.n);
    expect(mnist.available({ heldBack: 0 })).toBe(known.n);
    expect([...labels.slice(0, 20)]).toEqual(known.first20_labels);
    expect(sha256(Uint8Array.from(labels))).toBe(known.sha256_labels_u8);
    const counts = new Array<number>(mnist.classes({ heldBack: 0 })).fill(0);
    for (const label of labels) counts[label] = (counts[label] as number) + 1;
    expect(counts).toEqual(known.counts);
  });

  it('has the pictures of the package, to the last bit', async () => {
    const { inputs, size } = await loading;
    expect(size).toBe(mnist.shape({ heldBack: 0 }).reduce((product, side) => product * side, 1));
    expect(mean(inputs)).toBeCloseTo(known.mean, 7); // float32 values, added in double precision
    expect(new Set(inputs).size).toBe(known.distinct);
    expect(sha256(new Uint8Array(inputs.buffer))).toBe(known.sha256_images_f32le); // little-endian, as every host of ours
  });

  it('keeps the last digits back where it is told to, for those who know only other digits', async () => {
    const options = { heldBack: 5 };
    const [kept, others] = await Promise.all([
      mnist.load(options, readAsset, randomOf(1)),
      mnist.others?.(options, 100, readAsset, randomOf(1)),
    ]);
    expect([kept.count, mnist.classes(options)]).toEqual([mnist.available(options), 5]);
    expect([...new Set(kept.labels)].sort()).toEqual([0, 1, 2, 3, 4]);
    expect([...new Set(others?.labels)].sort()).toEqual([5, 6, 7, 8, 9]);
    expect(others?.count).toBe(100);
  });

  it('travels in at most 2.5 MB', async () => {
    expect((await stat(assetPath('data/mnist.bin'))).size).toBeLessThanOrEqual(2.5e6);
  });

  it('refuses a file of another length and says how to make it', async () => {
    const cut = mnist.load({ heldBack: 0 }, async () => new Uint8Array(100), randomOf(1));
    await expect(cut).rejects.toThrow('mnist.bin has 100 bytes, expected 7850000; prepare it again with: npm run setup');
  });
});

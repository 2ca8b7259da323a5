import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { mulberry32, randomOf } from '../../src/core/random.ts';
import { addNoise } from '../../src/stack/noise.ts';
import { backends, useBackend } from './backend.ts';
import { difference, draw } from './numbers.ts';

describe.each(backends)('noise on %s', (backend) => {
  useBackend(backend);

  it('is what each network’s stream draws, tens of thousands of times, and the stream goes on from there', () => {
    const shape: [number, number, number] = [3, 150, 201];
    const size = 150 * 201;
    const before = tf.tensor3d(draw(mulberry32(1), 3 * size), shape);
    const deviations = [0.5, 0, 7];
    const streams = [1, 2, 3].map((seed) => randomOf(seed).stream('noise'));
    const after = addNoise(before, deviations, streams);
    const expected = before.dataSync().slice();
    for (const [k, deviation] of deviations.entries()) {
      const stream = randomOf(k + 1).stream('noise');
      if (deviation > 0) stream.addNormals(expected.subarray(k * size, (k + 1) * size) as Float32Array, deviation);
      expect(streams[k]?.uniform()).toBe(stream.uniform());
    }
    expect(difference(after.dataSync(), expected)).toBeLessThan(1e-7); // one rounding to float32 more or less
  });

  it('leaves alone what has no noise', () => {
    const x = tf.ones<tf.Rank.R3>([2, 3, 4]);
    expect(addNoise(x, [0, 0], [randomOf(1), randomOf(2)]).dataSync()).toEqual(x.dataSync());
  });
});

/** The linear algebra of the detectors, against NumPy (`reference/clusters.json`). */
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { cutInTwo } from '../../src/defenses/activation-clustering.ts';
import { principalScores } from '../../src/defenses/principal-components.ts';
import { spectralScores } from '../../src/defenses/spectral-signatures.ts';
import { silhouette, twoMeans } from '../../src/defenses/two-means.ts';
import reference from '../reference/clusters.json' with { type: 'json' };

const width = 5;
const points = Float64Array.from(reference.points.flat());
const rows = Float32Array.from(points);

describe('principal components', () => {
  it('are NumPy’s singular vectors times singular values, up to a sign for each', () => {
    const scores = principalScores(rows, width, width);
    for (let component = 0; component < width; component++) {
      const own = reference.scores.map((_, row) => scores[row * width + component] as number);
      const theirs = reference.scores.map((line) => line[component] as number);
      const sign = Math.sign((own[0] as number) * (theirs[0] as number));
      own.forEach((value, row) => expect(sign * value).toBeCloseTo(theirs[row] as number, 3)); // points in single precision
    }
  });

  it('are no more than there are columns, and none of a constant', () => {
    expect(principalScores(new Float32Array(12).fill(3), 3, 9)).toEqual(new Float64Array(12));
  });

  it('squared, the first one is the spectral signature', () => {
    spectralScores(rows, width).forEach((score, row) => {
      expect(score).toBeCloseTo((reference.scores[row]?.[0] as number) ** 2, 2);
    });
  });
});

describe('two means', () => {
  it('find the best of all cuts', () => {
    for (const seed of [1, 2, 3]) {
      const sides = twoMeans(points, width, randomOf(seed));
      const flipped = sides[0] === 0 ? 0 : 1;
      expect(Array.from(sides, (side) => side ^ flipped)).toEqual(reference.sides);
    }
  });

  it('have NumPy’s silhouette', () => {
    expect(silhouette(points, width, Uint8Array.from(reference.sides))).toBeCloseTo(reference.silhouette, 9);
  });

  it('put what is far away on the smaller side', () => {
    const features = Float32Array.from({ length: 60 }, (_, i) => (i >= 48 ? 9 : 0) + Math.sin(i));
    const { suspicious, smaller, silhouette: fit } = cutInTwo(features, 3, 2, randomOf(1));
    expect([...suspicious]).toEqual([...new Array(16).fill(0), ...new Array(4).fill(1)]);
    expect(smaller).toBe(0.2);
    expect(fit).toBeGreaterThan(0.8);
  });
});

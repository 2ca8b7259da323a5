/** How alike pictures are, how they are made worse, and whether a mark is there. */
import { blurred, cropped, quantised } from '../attacks/data-to-data/processing.ts';
import { cosineTransform } from '../core/cosine.ts';
import { exactPValue, pValue, zScore } from '../metrics/marks.ts';
import { correlation, meanSquaredError, psnrOf, ssim } from '../metrics/pictures.ts';
import { against, againstTruth, type Check } from './check.ts';
import type { Reference } from './references.ts';

const family = 'Pictures and marks';

const written = 'their figures are written with seven decimals, and pictures are in single precision';

const shape = [16, 16, 1];

/** Rows of green words, words, and the share that is green by chance, with z and p. */
const marksIn = ({ values }: Reference<'ci_watermark.json'>) =>
  Object.entries(values).flatMap(([name, value]) => {
    const [, green, words, share] = /^kgw_z_green(\d+)_T(\d+)_gamma(.+)$/.exec(name) ?? [];
    if (!share || Array.isArray(value)) return [];
    return [{ green: Number(green), words: Number(words), share: Number(share), ...value }];
  });

/** Of 70 words, so many green ones; a quarter are green by chance. */
const [trials, hits] = [70n, [20n, 26n, 40n]] as const;

/** The chance of at least so many, exactly: a sum of whole numbers over 4⁷⁰. */
function tail(least: bigint): number {
  let [sum, ways] = [0n, 1n]; // ways to choose k of all
  for (let k = 0n; k <= trials; k++) {
    if (k >= least) sum += ways * 3n ** (trials - k);
    ways = (ways * (trials - k)) / (k + 1n);
  }
  return Number(sum) / Number(4n ** trials);
}

export const pictureChecks: readonly Check[] = [
  against('pictures.json', {
    id: 'ssim',
    family,
    says: 'SSIM of five pairs of pictures, and their correlation, mean squared error and PSNR.',
    source: 'scikit-image 0.26 and NumPy 2.4',
    allowed: { within: 1e-8, of: 'difference', because: 'sums over windows, and decibels of a small error' },
    ours: (pairs) =>
      pairs.flatMap(({ a, b, shape: sides }) => {
        const error = meanSquaredError(a, b);
        return [ssim(a, b, sides), correlation(a, b), error, psnrOf(error)];
      }),
    theirs: (pairs) => pairs.flatMap((pair) => [pair.ssim, pair.correlation, pair.mse, pair.psnr]),
  }),
  against('processing.json', {
    id: 'waves',
    family,
    says: 'A picture of 5 × 7 as a sum of cosine waves, in which marks hide.',
    source: 'SciPy 1.10.1, dctn',
    allowed: { within: 1e-6, of: 'difference', because: 'what goes in and comes out is written with seven decimals' },
    ours: ({ small }) => cosineTransform(5, 7).forward(small),
    theirs: ({ cosines }) => cosines,
  }),
  against('processing.json', {
    id: 'blur-and-crop',
    family,
    says: 'A picture blurred by 0.7 and 1.5 pixels, and cropped by 10 % and 25 % and enlarged again.',
    source: 'SciPy 1.10.1, correlate1d, and PyTorch 1.13, grid_sample',
    allowed: { within: 1e-6, of: 'difference', because: written },
    ours: (reference) => {
      const picture = Float32Array.from(reference.picture);
      return [
        ...[0.7, 1.5].flatMap((deviation) => [...blurred(picture, shape, deviation)]),
        ...[0.1, 0.25].flatMap((share) => [...cropped(picture, shape, share)]),
      ];
    },
    theirs: ({ blurred: blur, cropped: crop }) => [...blur['0.7'], ...blur['1.5'], ...crop['0.1'], ...crop['0.25']],
  }),
  against('processing.json', {
    id: 'jpeg',
    family,
    says: 'What JPEG of quality 60, 30 and 5 leaves of a picture.',
    source: 'Pillow 9.4.0',
    allowed: { within: 2.01 / 255, of: 'difference', because: 'Pillow rounds to whole greys: two of 255' },
    ours: (reference) =>
      [60, 30, 5].flatMap((quality) => [...quantised(Float32Array.from(reference.picture), shape, (100 - quality) / 99)]),
    theirs: ({ jpeg }) => [...jpeg['60'], ...jpeg['30'], ...jpeg['5']],
  }),
  against('ci_watermark.json', {
    id: 'green-words',
    family,
    says: 'z of green words, such as 6.789 for 36 of 56 where a quarter is green by chance, and its p.',
    source: 'the formula of lm-watermarking, and SciPy 1.10.1',
    allowed: { within: 1e-10, of: 'figure', because: 'p is the tail of a normal, down to 6e-12' },
    ours: (reference) =>
      marksIn(reference).flatMap(({ green, words, share }) => {
        const z = zScore(green, words, share);
        return [z, pValue(z)];
      }),
    theirs: (reference) => marksIn(reference).flatMap(({ z, p }) => [z, p]),
  }),
  againstTruth({
    id: 'exact-tail',
    family,
    says: 'The exact chance of at least 20, 26 and 40 green words of 70, which decides whether a text is called marked.',
    source: 'all ways counted in whole numbers',
    allowed: { within: 1e-10, of: 'figure', because: 'a continued fraction against a sum' },
    ours: () => hits.map((least) => exactPValue(Number(least), Number(trials), 0.25)),
    theirs: () => hits.map(tail),
  }),
];

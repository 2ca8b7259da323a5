/** What anybody does to a picture: noise, blur, a smaller frame, a rougher file. Whatever was hidden in it must live through that. */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { choice, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { blurred, cropped, noisy, quantised } from './processing.ts';

/** The strongest of each kind: noise and steps in shares of white, blur in pixels, the crop in shares of a side. */
const most = { noise: 0.2, blur: 3, 'crop and resize': 0.4, quantisation: 1 };
/** Shares of the strength at which the trade-off is shown. */
const steps = [0.25, 0.5, 0.75, 1];

export default defineAttack({
  id: 'signal-processing',
  title: 'Signal processing',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Adds noise, blurs, crops or compresses a marked picture, knowing nothing about the mark. A mark that lives in what eyes see survives as long as the picture does.',
  paper: {
    title: 'Attacks on copyright marking systems',
    authors: 'Petitcolas, Anderson, Kuhn',
    venue: 'Information Hiding',
    year: 1998,
    doi: '10.1007/3-540-49380-8_16',
  },
  access: 'marked-pictures',
  brings: 'cleaned pictures',
  knows: [],
  params: {
    method: choice({
      label: 'Method',
      says: 'Noise: at every pixel. Blur: each pixel with its surroundings. Crop and resize: cuts off a rim and stretches the rest, so that no pixel stays where it was. Quantisation: rounds the waves of 8 × 8 blocks as JPEG does.',
      choices: ['noise', 'blur', 'crop and resize', 'quantisation'],
      initial: 'noise',
    }),
    strength: range({
      label: 'Strength',
      says: 'From nothing to the strongest: noise of 0.2, a blur of 3 pixels, a rim of 20 % on each side, JPEG’s quality 1.',
      min: 0,
      max: 1,
      step: 0.05,
      initial: 0.5,
    }),
  },
  metrics: ['attackSuccessRate', 'bitAccuracy', 'zScore', 'psnr', 'ssim', 'testAccuracy'],
  async *run({ pictures, count }, { method, strength }, { shape, random }) {
    const size = pictures.length / count;
    let processed = pictures;
    for (const share of steps) {
      processed = new Float32Array(pictures.length);
      const change = processing(method, share * strength * most[method], shape, random.stream('noise'));
      for (let row = 0; row < count; row++) {
        if (row % 100 === 0) yield progress('processing the pictures', row, count);
        processed.set(change(pictures.subarray(row * size, (row + 1) * size)), row * size);
      }
      if (share < 1) yield { type: 'artefact', artefact: { kind: 'cleaned pictures', pictures: processed } };
    }
    return { kind: 'cleaned pictures', pictures: processed };
  },
});

function processing(
  method: keyof typeof most,
  amount: number,
  shape: readonly number[],
  random: Random,
): (picture: Float32Array) => Float32Array {
  switch (method) {
    case 'noise':
      return (picture) => noisy(picture, amount, random);
    case 'blur':
      return (picture) => blurred(picture, shape, amount);
    case 'crop and resize':
      return (picture) => cropped(picture, shape, amount);
    case 'quantisation':
      return (picture) => quantised(picture, shape, amount);
    default:
      return method satisfies never;
  }
}

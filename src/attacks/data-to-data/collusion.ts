/**
 * Collusion: what many marked pictures have in common, beside what all such pictures have in common, is the mark. Whoever knows it takes it
 * away, and nobody sees that anything is missing.
 */
import { defineAttack } from '../../core/attack.ts';
import { cosineTransform } from '../../core/cosine.ts';
import { count } from '../../core/params.ts';
import { commonMark, compared } from './common-mark.ts';

export default defineAttack({
  id: 'collusion',
  title: 'Averaging',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Averages many marked pictures and compares them with others that carry no mark: what is left over is the mark, the clearer the more there are. Taking it away costs the picture nothing.',
  paper: {
    title: 'Can Simple Averaging Defeat Modern Watermarks?',
    authors: 'Yang, Ci, Song, Shou',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2406.09026',
  },
  access: 'marked-pictures',
  brings: 'cleaned pictures',
  knows: ['population'],
  params: {
    pictures: count({
      label: 'Pictures',
      says: 'How many marked ones she averages. The error of a mean falls as one over the square root of their number.',
      min: 2,
      max: 20000,
      step: 10,
      initial: 500,
    }),
  },
  metrics: ['attackSuccessRate', 'bitAccuracy', 'zScore', 'psnr', 'ssim', 'testAccuracy'],
  async *run(target, { pictures: wanted }, { shape, auxiliary }) {
    const { pictures } = target;
    const size = pictures.length / target.count;
    const waves = wavesOf(shape);
    return yield* compared(target, auxiliary, wanted, waves.forward, (here, elsewhere) => {
      const mark = waves.inverse(commonMark(here, elsewhere));
      return pictures.map((value, at) => Math.min(1, Math.max(0, value - (mark[at % size] as number))));
    });
  },
});

/** The waves of all channels, one channel behind the other. */
function wavesOf([height, width, channels]: readonly number[]) {
  const [depth, pixels] = [channels as number, (height as number) * (width as number)];
  const transform = cosineTransform(height as number, width as number);
  const each = (own: (channel: number) => Float64Array) => Array.from({ length: depth }, (_, channel) => own(channel));
  return {
    forward(picture: Float32Array): Float64Array {
      const planes = each((channel) => Float64Array.from({ length: pixels }, (_, at) => picture[at * depth + channel] as number));
      return Float64Array.from(planes.flatMap((plane) => Array.from(transform.forward(plane))));
    },
    inverse(waves: Float64Array): Float64Array {
      const planes = each((channel) => transform.inverse(waves.subarray(channel * pixels, (channel + 1) * pixels)));
      return waves.map((_, at) => planes[at % depth]?.[Math.floor(at / depth)] as number);
    },
  };
}

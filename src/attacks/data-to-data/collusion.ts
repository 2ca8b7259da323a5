/**
 * Collusion: what many marked pictures have in common, beside what all such pictures have in common, is the mark. Whoever knows it takes it
 * away, and nobody sees that anything is missing.
 */
import { defineAttack } from '../../core/attack.ts';
import { cosineTransform } from '../../core/cosine.ts';
import { note, progress } from '../../core/event.ts';
import { count } from '../../core/params.ts';
import { commonMark, Moments } from './common-mark.ts';

/** From so few pictures on the trade-off is shown, each time with four times as many. */
const fewest = 10;

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
  async *run({ pictures, count }, { pictures: wanted }, { shape, auxiliary }) {
    const size = pictures.length / count;
    const waves = wavesOf(shape);
    const have = Math.min(wanted, count);
    if (have < wanted) yield note(`She has ${have} marked pictures to average, not ${wanted}.`);
    const [here, elsewhere] = [new Moments(size), new Moments(size)];
    for (let row = 0; row < auxiliary.count; row++) {
      if (row % 200 === 0) yield progress('averaging pictures without a mark', row, auxiliary.count);
      elsewhere.add(waves.forward(auxiliary.inputs.subarray(row * size, (row + 1) * size)));
    }
    const cleaned = () => {
      const mark = waves.inverse(commonMark(here, elsewhere));
      return pictures.map((value, at) => Math.min(1, Math.max(0, value - (mark[at % size] as number))));
    };
    let next = fewest;
    for (let row = 0; row < have; row++) {
      if (row % 200 === 0) yield progress('averaging marked pictures', row, have);
      here.add(waves.forward(pictures.subarray(row * size, (row + 1) * size)));
      if (here.count < next || here.count === have) continue;
      yield { type: 'artefact', artefact: { kind: 'cleaned pictures', pictures: cleaned() } };
      next *= 4;
    }
    return { kind: 'cleaned pictures', pictures: cleaned() };
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

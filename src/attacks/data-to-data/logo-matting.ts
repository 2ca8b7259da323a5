/**
 * Matting of a repeated logo. What lies over all pictures in the same way is what they have in common; how much paler they are there than
 * others says how opaque it is. Then what lies under it is no longer a matter of painting but of arithmetic.
 */
import { defineAttack } from '../../core/attack.ts';
import { count } from '../../core/params.ts';
import { median } from '../../core/statistics.ts';
import { compared, type Moments } from './common-mark.ts';

/** Standard errors by which a pixel must differ from others of its place to belong to a logo. */
const certain = 4;
/** No logo covers all: what lies under it must still show. */
const mostOpaque = 0.95;

export default defineAttack({
  id: 'logo-matting',
  title: 'Logo matting',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Finds what lies over all pictures alike, and how opaque it is, by comparing them with others without a logo; then computes what is under it. One picture would have to be painted; hundreds give the logo away.',
  paper: {
    title: 'On the Effectiveness of Visible Watermarks',
    authors: 'Dekel, Rubinstein, Liu, Freeman',
    venue: 'CVPR',
    year: 2017,
    doi: '10.1109/CVPR.2017.726',
  },
  access: 'marked-pictures',
  brings: 'cleaned pictures',
  knows: ['population'],
  params: {
    pictures: count({
      label: 'Pictures',
      says: 'How many marked ones she compares with public ones.',
      min: 4,
      max: 20000,
      step: 10,
      initial: 500,
    }),
  },
  metrics: ['attackSuccessRate', 'bitAccuracy', 'zScore', 'psnr', 'ssim', 'testAccuracy'],
  async *run(target, { pictures: wanted }, { auxiliary }) {
    const { pictures } = target;
    const size = pictures.length / target.count;
    const asItIs = (picture: Float32Array) => picture;
    return yield* compared(target, auxiliary, wanted, asItIs, (here, elsewhere) => {
      const { opacity, added } = logoOf(here, elsewhere);
      return pictures.map((value, i) => {
        const cover = added[i % size] as number;
        return Number.isNaN(cover) ? value : Math.min(1, Math.max(0, (value - cover) / (1 - opacity)));
      });
    });
  },
});

/**
 * A logo makes of each value x under it (1 − opacity) · x + added: means move by what it adds, and deviations shrink by what it covers.
 * @returns its opacity, and for each value what it adds; NaN where no logo is
 */
function logoOf(here: Moments, elsewhere: Moments): { readonly opacity: number; readonly added: Float64Array } {
  const shrunk = here.sums.map((_, at) => Math.sqrt(here.variance(at) / Math.max(1e-9, elsewhere.variance(at))));
  const errorOfShrunk = Math.sqrt(1 / (2 * here.count) + 1 / (2 * elsewhere.count));
  const covered = here.sums.map((_, at) => {
    const error = Math.sqrt(here.variance(at) / here.count + elsewhere.variance(at) / elsewhere.count);
    const moved = Math.abs(here.mean(at) - elsewhere.mean(at)) > certain * error;
    return moved || Math.abs(Math.log(shrunk[at] as number)) > certain * errorOfShrunk ? 1 : 0;
  });
  const own = shrunk.filter((_, at) => covered[at] === 1);
  const opacity = own.length > 0 ? Math.min(mostOpaque, Math.max(0, 1 - median(own))) : 0;
  const added = covered.map((is, at) => (is ? here.mean(at) - (1 - opacity) * elsewhere.mean(at) : Number.NaN));
  return { opacity, added };
}

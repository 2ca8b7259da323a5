/**
 * Model inversion from labels alone. The attacker does not see how sure the model is, but whether it still says the name: around a
 * picture on a sphere she tries others, and moves away from those on which the name is lost. Where the whole sphere answers right, she is well
 * inside the class, and tries a larger sphere.
 */
import type { LabelTarget } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { takeRows } from '../../core/examples.ts';
import { count, range } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { learnPrior, type Prior, priorParams } from './decoder.ts';

/** Steps between two looks at the pictures. */
const leastBetween = 10;
/** Pictures that are drawn at once in search of somebody's first one, and how often at most. */
const drawn = 500;
const mostDraws = 8;
/** How much larger the next sphere is, and how far a step goes, as in the paper: a third of the radius, never more than 3. */
const growth = 1.3;
const stepOf = (radius: number) => Math.min(radius / 3, 3);
/** How many deviations from the public pictures' mean she goes in any direction: beyond is nothing like them. */
const furthest = 2;

export default defineAttack({
  id: 'label-only-inversion',
  title: 'Label-only inversion (BREP-MI)',
  axis: 'model-to-data',
  family: 'model inversion',
  says: 'Asks for nothing but names: moves away from where the name is lost until all pictures around have it, then looks further around.',
  paper: {
    title: 'Label-Only Model Inversion Attacks via Boundary Repulsion',
    authors: 'Kahla, Chen, Just, Jia',
    venue: 'CVPR',
    year: 2022,
    arxiv: '2203.01925',
  },
  access: 'labels',
  brings: 'inverted classes',
  knows: ['others'],
  params: {
    steps: count({
      label: 'Steps',
      says: 'Moves and larger spheres together, at most.',
      min: 1,
      max: 1000,
      step: 10,
      initial: 60,
    }),
    samples: count({
      label: 'Questions a step',
      says: 'Pictures on the sphere that are asked about, for each class.',
      min: 4,
      max: 256,
      step: 4,
      initial: 32,
    }),
    radius: range({
      label: 'First radius',
      says: 'Of the first sphere, in deviations of the public pictures.',
      min: 0.1,
      max: 10,
      step: 0.1,
      initial: 1,
    }),
    ...priorParams,
  },
  metrics: ['margin', 'correlation', 'attackSuccessRate', 'ssim', 'mse', 'queries'],
  async *run(target, { steps, samples, radius, code, epochs }, context) {
    const { classes: count, random } = context;
    const prior = yield* learnPrior(context, { code, epochs });
    const classes = Int32Array.from({ length: count }, (_, own) => own);
    const centres = new Float32Array(count * code);
    const begun = new Set<number>();
    for (let draw = 0; draw < mostDraws && begun.size < count; draw++) {
      yield progress('looking for a first picture of everybody', begun.size, count);
      await firstPictures(target, prior, random.stream(`first pictures ${draw}`), centres, begun);
    }

    const directions = random.stream('directions');
    const radii = new Float64Array(count).fill(radius);
    const kept = centres.slice(); // of each class, where the largest sphere so far was all its own
    const inverted = async () => ({ kind: 'inverted classes' as const, pictures: await prior.pictures(kept), classes });
    const shownEvery = Math.max(leastBetween, Math.floor(steps / 8));
    const asked = Int32Array.from(begun).sort();
    for (let step = 0; step < steps && asked.length > 0; step++) {
      yield progress('moving away from where the name is lost', step, steps);
      const sphere = onSphere(asked.length * samples, code, directions);
      const around = takeRows(
        centres,
        code,
        Int32Array.from({ length: asked.length * samples }, (_, row) => asked[Math.floor(row / samples)] as number),
      );
      const tried = around.map(
        (z, at) => z + (radii[asked[Math.floor(at / (samples * code))] as number] as number) * (sphere[at] as number),
      );
      const { values: said } = await target.labels(await prior.pictures(tried));
      const moved = takeRows(centres, code, asked);
      const within: number[] = []; // places in `asked` whose whole sphere is their own
      for (const [i, own] of asked.entries()) {
        const lost = Array.from({ length: samples }, (_, s) => i * samples + s).filter((row) => said[row] !== own);
        if (lost.length === 0) within.push(i);
        // Away from the mean direction in which the name is lost (equations 3 and 4 of the paper).
        const towards = Float64Array.from({ length: code }, (_, j) =>
          lost.reduce((sum, row) => sum + (sphere[row * code + j] as number), 0),
        );
        const move = stepOf(radii[own] as number) / Math.max(1e-9, Math.hypot(...towards));
        for (const [j, along] of towards.entries()) {
          const at = i * code + j;
          moved[at] = Math.max(-furthest, Math.min(furthest, (moved[at] as number) - move * along));
        }
      }
      const { values: there } = await target.labels(await prior.pictures(moved));
      for (const [i, own] of asked.entries()) {
        if (within.includes(i)) {
          kept.set(centres.subarray(own * code, (own + 1) * code), own * code);
          radii[own] = growth * (radii[own] as number);
        } else if (there[i] === own) centres.set(moved.subarray(i * code, (i + 1) * code), own * code);
      }
      if (step % shownEvery === 0) yield { type: 'artefact', artefact: await inverted() };
    }
    return await inverted();
  },
});

/** Draws pictures as the public ones are distributed; each name that is said for the first time has its first picture. */
async function firstPictures(target: LabelTarget, prior: Prior, random: Random, centres: Float32Array, begun: Set<number>) {
  const z = new Float32Array(drawn * prior.width);
  random.addNormals(z, 1);
  const { values } = await target.labels(await prior.pictures(z));
  for (const [row, own] of values.entries()) {
    if (own < 0 || begun.has(own)) continue;
    begun.add(own);
    centres.set(z.subarray(row * prior.width, (row + 1) * prior.width), own * prior.width);
  }
}

/** `count × width` directions, all of length 1 and none likelier than another. */
function onSphere(count: number, width: number, random: Random): Float32Array {
  const directions = new Float32Array(count * width);
  random.addNormals(directions, 1);
  for (let row = 0; row < count; row++) {
    const own = directions.subarray(row * width, (row + 1) * width);
    const length = Math.hypot(...own);
    for (let j = 0; j < width; j++) own[j] = (own[j] as number) / length;
  }
  return directions;
}

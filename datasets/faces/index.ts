/**
 * Faces of people who do not exist, drawn from shapes. The same forty people appear in every experiment, so that a lecture can get to
 * know them; the seed decides only how each picture of them is taken.
 */
import { defineDataset } from '../../src/core/dataset.ts';
import { type Examples, examplesOf } from '../../src/core/examples.ts';
import { count } from '../../src/core/params.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import { drawFace, side } from './draw.ts';
import { castOf, type Person } from './identity.ts';
import { viewFrom } from './view.ts';

const picturesEach = 200;
const mostPrivate = 40;

/** Standard deviation of the noise of a pixel. */
const noise = 0.02;

/** The first `identities` of the private people, the same ones in every experiment. */
const privatePeople = (identities: number) => castOf(identities, randomOf('faces').stream('private'));

export default defineDataset({
  id: 'faces',
  title: 'Faces of nobody',
  card: {
    what: '200 pictures of each of up to 40 people, 32 × 32 grey pixels; a class is a person.',
    from: 'Drawn by this program: the people are always the same, the experiment’s seed decides pose, expression, light and noise.',
    licence: 'None needed; no real person is in it.',
    limits:
      'Simple drawings with few traits, far easier to learn and to reconstruct than photographs; figures do not carry over.',
  },
  params: {
    identities: count({
      label: 'People',
      says: 'Private people, one class each.',
      min: 2,
      max: mostPrivate,
      step: 1,
      initial: mostPrivate,
    }),
  },
  shape: () => [side, side, 1],
  classes: ({ identities }) => identities,
  available: ({ identities }) => picturesEach * identities,
  load: async ({ identities }, _read, random) => picturesOf(privatePeople(identities), picturesEach * identities, random),
  others: async (_options, count, _read, random) => publicFaces(count, random),
});

/**
 * Pictures of other people than the private ones, for an attacker who knows faces in general.
 * @returns `pictures` examples of 32 × 32 greys from 0 to 1; a label is the number of one of `people` public people
 */
export function publicFaces(pictures: number, random: Random, people = 100): Examples {
  return picturesOf(castOf(people, randomOf('faces').stream('public'), privatePeople(mostPrivate)), pictures, random);
}

/** As many pictures of each person as of any other, or one more, in random order. */
function picturesOf(people: readonly Person[], pictures: number, random: Random): Examples {
  const size = side * side;
  const inputs = new Float32Array(pictures * size);
  const labels = Int32Array.from(random.stream('order').permutation(pictures), (place) => place % people.length);
  const views = random.stream('views');
  for (const [i, label] of labels.entries())
    drawFace(people[label] as Person, viewFrom(views), inputs.subarray(i * size, (i + 1) * size));
  random.stream('noise').addNormals(inputs, noise);
  for (let i = 0; i < inputs.length; i++) inputs[i] = Math.min(1, Math.max(0, inputs[i] as number));
  return examplesOf(inputs, labels);
}

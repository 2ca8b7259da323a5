/**
 * Mixed pictures taken apart: encodings that share a private picture are found by their labels and by what they look like, then all
 * pictures are solved for at once, and with them who is in which mixture, until nothing changes.
 */
import { kmeans } from 'ml-kmeans';
import type { Encodings } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import { progress, working } from '../../core/event.ts';
import type { Examples } from '../../core/examples.ts';
import { choice, count } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { type Mixture, type Pictures, solved, type Usual } from './mixed-pictures.ts';

/** A share of a label that is less is rounding. */
const least = 1e-4;

export default defineAttack({
  id: 'instance-decoding',
  title: 'Mixtures taken apart',
  axis: 'data-to-data',
  family: 'data decryption',
  says: 'Groups encodings by the private picture that they share, and solves for all pictures at once: squares of sums are linear in products, and neighbouring pixels tell the signs.',
  paper: {
    title: 'Is Private Learning Possible with Instance Encoding?',
    authors: 'Carlini, Deng, Garg, Jha, Mahloujifar, Mahmoody, Song, Thakurta, Tramèr',
    venue: 'S&P',
    year: 2021,
    arxiv: '2011.05315',
  },
  access: 'encodings',
  brings: 'recovered inputs',
  knows: ['population'],
  params: {
    passes: count({
      label: 'Passes',
      says: 'How often she solves for the pictures, and asks anew who is in which mixture.',
      min: 1,
      max: 20,
      step: 1,
      initial: 5,
    }),
    strangers: choice({
      label: 'Public pictures',
      says: 'Whether she knows what the public pictures add to each mixture, as she does where the owner’s random numbers can be guessed.',
      choices: ['unknown', 'known'],
      initial: 'unknown',
    }),
  },
  metrics: ['attackSuccessRate', 'psnr', 'ssim', 'testAccuracy'],
  async *run(target, { passes, strangers }, { auxiliary, shape, random }) {
    const { size } = auxiliary;
    const usual: Usual = { shape, mean: new Float32Array(size) };
    for (let at = 0; at < auxiliary.inputs.length; at++) {
      const value = 2 * (auxiliary.inputs[at] as number) - 1;
      usual.mean[at % size] = (usual.mean[at % size] as number) + value / auxiliary.count;
    }
    const known = strangers === 'known' && target.strangers !== undefined;
    const seen = seenIn(target, usual.mean, known);
    yield progress('grouping the mixtures', 0, passes);
    const groups = grouped(seen, target, classMeans(auxiliary, target.classes), known, random);
    let mixtures = groups.mixtures;
    let pictures: Pictures = [];
    for (let pass = 0; pass < passes; pass++) {
      const solving = solved(mixtures, target.pictures, usual, known, random.stream(`${pass}`));
      pictures = yield* working('solving for the pictures', solving, passes, pass);
      yield { type: 'artefact', artefact: recovered(pictures, groups.classOf) };
      const next = seen.flatMap((one) => assigned(one, groups.ofClass, pictures) ?? []);
      const changed = next.filter(({ first, second }, i) => first !== mixtures[i]?.first || second !== mixtures[i]?.second);
      mixtures = next;
      if (changed.length === 0) break;
    }
    return recovered(pictures, groups.classOf);
  },
});

/** A mixture of pictures of two classes, which its label tells apart. */
interface Seen {
  readonly classes: readonly [number, number];
  readonly weights: readonly [number, number];
  readonly values: Float32Array;
  readonly strangers: Float32Array;
}

/** Mixtures of two pictures of one class say only how much both weigh together, and are left out. */
function seenIn({ encodings, labels, classes, count: many, strangers }: Encodings, mean: Float32Array, known: boolean): Seen[] {
  const size = mean.length;
  return Array.from({ length: many }, (_, row) => row).flatMap((row) => {
    const shares = labels.subarray(row * classes, (row + 1) * classes);
    const [one, other] = Array.from(shares.keys()).filter((label) => (shares[label] as number) > least);
    if (one === undefined || other === undefined) return [];
    const weights = [shares[one] as number, shares[other] as number] as const;
    return [
      {
        classes: [one, other] as const,
        weights,
        values: encodings.slice(row * size, (row + 1) * size).map(Math.abs),
        strangers:
          known && strangers
            ? strangers.slice(row * size, (row + 1) * size)
            : mean.map((value) => (1 - weights[0] - weights[1]) * value),
      },
    ];
  });
}

/**
 * Which of a class's pictures is in which mixture, by what is left of it when its partner is taken for the mean of the partner's class. How
 * many pictures a class has shows in how often its label occurs.
 * @param means of public pictures of each class
 */
function grouped(seen: readonly Seen[], target: Encodings, means: readonly Float32Array[], known: boolean, random: Random) {
  const sizes = apportioned(occurrences(target), target.pictures);
  let next = 0;
  const ofClass = Array.from(sizes, (many) => Array.from({ length: many }, () => next++));
  const classOf = ofClass.flatMap((own, label) => own.map(() => label));
  const memberOf = seen.map((): [number, number] => [0, 0]);
  for (const [label, own] of ofClass.entries()) {
    const rows = Array.from(seen.keys()).filter((row) => seen[row]?.classes.includes(label));
    const clusters = own.length > 1 && rows.length >= own.length ? clustered(label, rows, own.length) : rows.map(() => 0);
    for (const [i, row] of rows.entries()) {
      const side = seen[row]?.classes[0] === label ? 0 : 1;
      (memberOf[row] as [number, number])[side] = own[clusters[i] as number] as number;
    }
  }
  const mixtures = seen.map(({ weights, values, strangers }, row): Mixture => {
    const [first, second] = memberOf[row] as [number, number];
    return { first, second, weights, values, strangers };
  });
  return { mixtures, ofClass, classOf };

  function clustered(label: number, rows: readonly number[], many: number): number[] {
    const points = rows.map((row) => {
      const { classes, weights, values, strangers } = seen[row] as Seen;
      const [one, other] = weights;
      const [mean, partner] = (classes[0] === label ? classes : classes.toReversed()).map((of) => means[of] as Float32Array) as [
        Float32Array,
        Float32Array,
      ];
      if (known) {
        const [own, others] = classes[0] === label ? [one, other] : [other, one];
        return Array.from(values, (value, at) => {
          const beside = others * (partner[at] as number) + (strangers[at] as number);
          const sign = own * (mean[at] as number) + beside < 0 ? -1 : 1;
          return Math.min(1, Math.max(-1, (sign * value - beside) / own));
        });
      }
      const squares = one ** 2 + other ** 2 + (1 - one - other) ** 2;
      // The square of the sum, less the squares, is the product; and over the partner, as far as that is known, the picture.
      return Array.from(values, (value, at) => ((value ** 2 - squares) / (2 * one * other)) * (partner[at] as number));
    });
    // Where strangers weigh much beside the two, their product is mostly noise: those find their group afterwards.
    const clarity = rows.map((row) => {
      const [one, other] = (seen[row] as Seen).weights;
      return (one * other) / (1.1 - one - other) ** 2;
    });
    const enough = Math.min(clear, clarity.toSorted((a, b) => b - a)[Math.ceil(rows.length * clearest) - 1] as number);
    const shown = points.filter((_, i) => (clarity[i] as number) >= enough);
    let best: { readonly clusters: number[]; readonly error: number } | undefined;
    for (let restart = 0; restart < restarts; restart++) {
      const found = kmeans(shown, many, { seed: random.integer(2 ** 31), initialization: 'kmeans++', maxIterations: 50 });
      const error = found.computeInformation(shown).reduce((sum, one) => sum + one.error * one.size, 0);
      if (!best || error < best.error) best = { clusters: found.nearest(points), error };
    }
    return (best as { readonly clusters: number[] }).clusters;
  }
}

const restarts = 5;
/** Groups are made from this share of the mixtures, and from all in which strangers weigh next to nothing. */
const clearest = 0.3;
/** (weight · weight) / (strangers’ + 0.1)²: where nobody else is in the mixture it is at least 22. */
const clear = 10;

/** What public pictures of each class look like on average, from −1 to 1; 0 where there are none. */
function classMeans({ inputs, labels, count: many, size }: Examples, classes: number): Float32Array[] {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  const means = Array.from({ length: classes }, () => new Float32Array(size));
  for (let row = 0; row < many; row++) {
    const label = labels[row] as number;
    const mean = means[label] as Float32Array;
    for (let at = 0; at < size; at++)
      mean[at] = (mean[at] as number) + (2 * (inputs[row * size + at] as number) - 1) / (counts[label] as number);
  }
  return means;
}

/** How often a picture of each class is one of the two of a mixture. */
function occurrences({ labels, classes, count: many }: Encodings): Float64Array {
  const occurs = new Float64Array(classes);
  for (let row = 0; row < many; row++) {
    const there = Array.from({ length: classes }, (_, label) => label).filter(
      (label) => (labels[row * classes + label] as number) > least,
    );
    for (const label of there) occurs[label] = (occurs[label] as number) + 2 / there.length;
  }
  return occurs;
}

/** Whole numbers in proportion to others, at least one where there is any, that add up to a total. */
function apportioned(occurs: Float64Array, total: number): Int32Array {
  const sum = occurs.reduce((all, one) => all + one, 0);
  const sizes = Int32Array.from(occurs, (one) => (one > 0 ? Math.max(1, Math.floor((total * one) / sum)) : 0));
  while (sizes.reduce((all, one) => all + one, 0) < total) {
    const lacking = Array.from(occurs, (one, label) => (total * one) / sum - (sizes[label] as number));
    const most = lacking.indexOf(Math.max(...lacking));
    sizes[most] = (sizes[most] as number) + 1;
  }
  return sizes;
}

/** The two pictures, one of each class, whose mixture is most like what is seen. */
function assigned(
  { classes: [one, other], weights, values, strangers }: Seen,
  ofClass: readonly (readonly number[])[],
  pictures: Pictures,
): Mixture | undefined {
  let best: { readonly mixture: Mixture; readonly error: number } | undefined;
  for (const first of ofClass[one] as number[]) {
    for (const second of ofClass[other] as number[]) {
      const [x, y] = [pictures[first] as Float64Array, pictures[second] as Float64Array];
      let error = 0;
      for (let at = 0; at < values.length; at++) {
        const sum = weights[0] * (x[at] as number) + weights[1] * (y[at] as number) + (strangers[at] as number);
        error += (Math.abs(sum) - (values[at] as number)) ** 2;
      }
      if (!best || error < best.error) best = { mixture: { first, second, weights, values, strangers }, error };
    }
  }
  return best?.mixture;
}

function recovered(pictures: Pictures, classOf: readonly number[]) {
  const size = pictures[0]?.length ?? 0;
  const inputs = new Float64Array(pictures.length * size);
  for (const [row, picture] of pictures.entries())
    inputs.set(
      picture.map((value) => (value + 1) / 2),
      row * size,
    );
  return { kind: 'recovered inputs', of: 'all', inputs, labels: Int32Array.from(classOf) } as const;
}

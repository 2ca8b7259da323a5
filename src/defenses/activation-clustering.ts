/**
 * Activation clustering: a poisoned class is two kinds of thing with one label, and the last hidden layer still tells them apart. So
 * cut each class in two there; where one side is small, or the cut fits well, that side is thrown out. Honest classes can be cut
 * too, and no rule spares all of them: there are two ways to write a digit as well.
 */
import { defineDefense } from '../core/defense.ts';
import { evidence, progress } from '../core/event.ts';
import { choice, count, range } from '../core/params.ts';
import type { Random } from '../core/random.ts';
import { principalScores } from './principal-components.ts';
import { featuresByClass, needsHiddenUnits } from './suspicious-features.ts';
import { silhouette, twoMeans } from './two-means.ts';

export default defineDefense({
  id: 'activation-clustering',
  title: 'Activation clustering',
  says: 'Cuts each class in two where a network sees two kinds of thing, and throws the smaller side out. Honest classes suffer too.',
  paper: {
    title: 'Detecting Backdoor Attacks on Deep Neural Networks by Activation Clustering',
    authors: 'Chen, Carvalho, Baracaldo, Ludwig, Edwards, Lee, Molloy, Srivastava',
    venue: 'SafeAI at AAAI',
    year: 2019,
    arxiv: '1811.03728',
  },
  against: ['poisoning'],
  params: {
    components: count({
      label: 'Components',
      says: 'Principal components that are kept before the cut.',
      min: 1,
      max: 50,
      step: 1,
      initial: 10,
    }),
    rule: choice({
      label: 'Alarm when',
      says: 'The smaller side of a class is small enough; the cut fits well enough; or always, in every class.',
      choices: ['size', 'silhouette', 'always'],
      initial: 'size',
    }),
    size: range({
      label: 'Largest share',
      says: 'How large the smaller side may be, of its class, for an alarm.',
      min: 0.01,
      max: 0.5,
      step: 0.01,
      initial: 0.35,
    }),
    silhouette: range({
      label: 'Least silhouette',
      says: 'How well the cut must fit for an alarm: 0 is no better than chance, 1 two points.',
      min: 0,
      max: 1,
      step: 0.01,
      initial: 0.25,
    }),
  },
  refuses: needsHiddenUnits,
  async *onData({ components, rule, ...bounds }, data) {
    const phase = 'cutting each class in two';
    const removed: number[] = [];
    const table: (string | number)[][] = [];
    for (const { label, rows, features, units } of yield* featuresByClass(data, phase)) {
      yield progress(phase, label, data.classes);
      const cut = cutInTwo(features, units, components, data.random.stream(`class ${label}`));
      const alarm = rule === 'always' || (rule === 'size' ? cut.smaller <= bounds.size : cut.silhouette >= bounds.silhouette);
      if (alarm) removed.push(...rows.filter((_row, place) => cut.suspicious[place]));
      table.push([label, rows.length, cut.smaller.toFixed(2), cut.silhouette.toFixed(2), alarm ? 'thrown out' : 'kept']);
    }
    yield evidence('clusters', {
      kind: 'table',
      title: 'Each class cut in two, as the last hidden layer sees it',
      columns: ['class', 'examples', 'smaller side', 'silhouette', 'smaller side is'],
      rows: table,
    });
    return { removed: Int32Array.from(removed) };
  },
});

/** @returns which examples are on the smaller side, what share of the class that is, and how well the cut fits */
export function cutInTwo(features: Float32Array, units: number, components: number, random: Random) {
  const kept = Math.min(components, units);
  const points = principalScores(features, units, kept);
  const sides = twoMeans(points, kept, random);
  const ones = sides.reduce((sum, side) => sum + side, 0);
  const small = ones * 2 <= sides.length ? 1 : 0;
  const suspicious = sides.map((side) => (side === small ? 1 : 0));
  const smaller = Math.min(ones, sides.length - ones) / sides.length;
  return { suspicious, smaller, silhouette: silhouette(points, kept, sides) };
}

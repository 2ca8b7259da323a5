/**
 * Spectral signatures: what is poisoned leaves a trace in what the network makes of it. Within a class, the direction in which the
 * last hidden layer varies most tends to be the one that parts poison from the rest; what lies furthest out on it is thrown out.
 */
import { defineDefense } from '../core/defense.ts';
import { progress } from '../core/event.ts';
import { range } from '../core/params.ts';
import { principalScores } from './principal-components.ts';
import { featuresByClass, needsHiddenUnits } from './suspicious-features.ts';

/** The paper throws out half as many again as there may be poisoned ones. */
const margin = 1.5;

export default defineDefense({
  id: 'spectral-signatures',
  title: 'Spectral signatures',
  says: 'Throws out of each class what lies furthest along its main direction of variation. Some of it is poison, the rest is lost.',
  paper: {
    title: 'Spectral Signatures in Backdoor Attacks',
    authors: 'Tran, Li, Madry',
    venue: 'NeurIPS',
    year: 2018,
    arxiv: '1811.00636',
  },
  against: ['poisoning'],
  params: {
    share: range({
      label: 'Expected poison',
      says: 'The share of all examples that may be poisoned. Half as many again are thrown out, of each class.',
      min: 0.001,
      max: 0.2,
      step: 0.005,
      initial: 0.02,
    }),
  },
  refuses: needsHiddenUnits,
  async *onData({ share }, data) {
    const phase = 'looking for the main direction of each class';
    const removed: number[] = [];
    for (const { label, rows, features, units } of yield* featuresByClass(data, phase)) {
      yield progress(phase, label, data.classes);
      const order = furthestFirst(spectralScores(features, units));
      // Never all of a class: there would be nothing left to learn.
      const cut = Math.min(Math.round(margin * share * data.examples.count), rows.length >> 1);
      removed.push(...order.slice(0, cut).map((place) => rows[place] as number));
    }
    return { removed: Int32Array.from(removed) };
  },
});

/** The squared length of each centred row along the first principal component (algorithm 1 of the paper). */
export const spectralScores = (features: Float32Array, units: number): Float64Array =>
  principalScores(features, units, 1).map((along) => along * along);

const furthestFirst = (scores: Float64Array) =>
  Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));

/**
 * Adaptive misinformation: who asks what the model was not made for is told lies. A second network learns to be wrong; where the model is
 * not sure of its answer, the answer is that network's. Honest people ask about what the model is sure of, and mostly get the truth.
 */
import type { Probabilities } from '../core/access.ts';
import { defineDefense } from '../core/defense.ts';
import { adam } from '../core/descent.ts';
import { progress } from '../core/event.ts';
import { takeRows } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import { range } from '../core/params.ts';

/** How sharply truth passes into lie at the threshold (ν of the paper). */
const steepness = 1000;
/** Passes over the training data, and examples in a batch, with which the liar learns. */
const [epochs, batch] = [2, 64];

export default defineDefense({
  id: 'adaptive-misinformation',
  title: 'Adaptive misinformation',
  says: 'Answers with a network that was trained to be wrong wherever the model is not sure: honest doubt is answered wrongly too.',
  paper: {
    title: 'Defending Against Model Stealing Attacks with Adaptive Misinformation',
    authors: 'Kariyappa, Qureshi',
    venue: 'CVPR',
    year: 2020,
    arxiv: '1911.07100',
  },
  against: ['model extraction'],
  params: {
    threshold: range({
      label: 'Sure enough',
      says: 'Answers whose largest probability is below this are lies.',
      min: 0,
      max: 1,
      step: 0.05,
      initial: 0.7,
    }),
  },
  conflicts: { 'labels-only': 'a label does not say how sure the model is, and no lie can be mixed into it' },
  async *onQuery({ threshold }, { members, model, classes, shape, random, trainNetwork }) {
    const shown = { inputs: members.inputs.slice(0, members.size), targets: new Float32Array(classes) };
    let liar: OwnNetwork = yield* trainNetwork({
      model,
      shape,
      ...shown,
      outputs: classes,
      plan: { batchSize: 1, epochs: 0 },
      phase: 'beginning a liar',
      seed: 'liar',
    });
    const weights = Float64Array.from(liar.weights);
    const descent = adam(0.001);
    const steps = Math.ceil(members.count / batch);
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = random.stream(`epoch ${epoch}`).permutation(members.count);
      for (let step = 0; step < steps; step++) {
        yield progress('training a liar', epoch * steps + step, epochs * steps);
        const rows = order.slice(step * batch, (step + 1) * batch);
        const inputs = takeRows(members.inputs, members.size, rows);
        const pull = reverseCrossEntropy(
          await liar.probabilities(inputs),
          (row) => members.labels[rows[row] as number] as number,
        );
        const slope = await liar.weightGradients(inputs, pull);
        descent(weights, () => ({ loss: 0, gradient: Float64Array.from(slope) }));
        liar = liar.with(Float32Array.from(weights));
      }
    }
    return () => async (answers, inputs) => {
      const lies = await liar.probabilities(inputs);
      const values = answers.values.map((truth, i) => {
        const share = lieShare(answers, Math.floor(i / classes), threshold);
        return (1 - share) * truth + share * (lies.values[i] as number);
      });
      return { ...answers, values };
    };
  },
});

/** How much of an answer is a lie: next to nothing above the threshold, nearly all below (equation 3 of the paper). */
export function lieShare({ values, classes }: Probabilities, row: number, threshold: number): number {
  const sure = Math.max(...values.subarray(row * classes, (row + 1) * classes));
  return 1 / (1 + Math.exp(steepness * (sure - threshold)));
}

/** How the mean of −ln(1 − p of the right class) moves with each logit: it is small where the answer is wrong. */
function reverseCrossEntropy({ values, count, classes }: Probabilities, labelOf: (row: number) => number) {
  return values.map((p, i) => {
    const row = Math.floor(i / classes);
    const [label, own] = [labelOf(row), i % classes];
    const right = values[row * classes + label] as number;
    return (right * (own === label ? 1 : -p / Math.max(1e-6, 1 - right))) / count;
  });
}

/**
 * Fine-pruning: a backdoor may sit in units that clean data leaves idle. So silence those, the idlest first, as long as accuracy
 * hardly suffers, and train what is left a little on clean examples. Where the backdoor shares its units with honest work, as in
 * small networks, it stays: see before you trust.
 */
import { defineDefense } from '../core/defense.ts';
import { note, progress } from '../core/event.ts';
import { type Examples, oneHot } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import { count, range } from '../core/params.ts';
import { argMax } from '../core/statistics.ts';
import { cleanExamples, cleanParam } from './clean-examples.ts';
import { silenced } from './silenced.ts';
import { needsHiddenUnits } from './suspicious-features.ts';

export default defineDefense({
  id: 'fine-pruning',
  title: 'Fine-pruning',
  says: 'Silences hidden units that clean examples leave idle, then trains on: meant to cut a backdoor out. In small networks it stays in.',
  paper: {
    title: 'Fine-Pruning: Defending Against Backdooring Attacks on Deep Neural Networks',
    authors: 'Liu, Dolan-Gavitt, Garg',
    venue: 'RAID',
    year: 2018,
    arxiv: '1805.12185',
  },
  against: ['poisoning'],
  params: {
    loss: range({
      label: 'Accuracy to lose',
      says: 'Units are silenced until accuracy on the clean examples has fallen by more than this.',
      min: 0,
      max: 0.5,
      step: 0.01,
      initial: 0.02,
    }),
    epochs: count({
      label: 'Epochs',
      says: 'Passes over the clean examples afterwards, with Adam.',
      min: 0,
      max: 100,
      step: 1,
      initial: 10,
    }),
    clean: cleanParam,
  },
  needsReference: true,
  refuses: needsHiddenUnits,
  async *onModel({ loss, epochs, clean }, { network, model, classes, reference, trainNetwork }) {
    const own = cleanExamples(reference, clean);
    const features = await network.features(own.inputs);
    const width = features.length / own.count;
    const idlest = idlestFirst(features, width);
    const least = (await accuracyOf(network, own)) - loss;
    let weights = network.weights;
    let pruned = 0;
    for (let units = 1; units < width; units++) {
      yield progress('silencing idle units', units, width);
      const fewer = silenced(network.weights, idlest.slice(0, units), width, classes);
      if ((await accuracyOf(network.with(fewer), own)) < least) break; // the last one was one too many
      [weights, pruned] = [fewer, units];
    }
    yield note(`Fine-pruning silenced ${pruned} of ${width} hidden units.`);
    if (epochs === 0) return weights;
    const tuned = yield* trainNetwork({
      model,
      inputs: own.inputs,
      targets: oneHot(own.labels, classes),
      outputs: classes,
      plan: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs },
      start: weights,
      phase: 'training on, on clean examples',
      seed: 'fine-tuning',
    });
    return tuned.weights;
  },
});

/** Hidden units in the order of what they say on average. */
function idlestFirst(features: Float32Array, width: number): number[] {
  const sums = new Float64Array(width);
  for (let i = 0; i < features.length; i++) sums[i % width] = (sums[i % width] as number) + (features[i] as number);
  return Array.from(sums.keys()).sort((a, b) => (sums[a] as number) - (sums[b] as number));
}

async function accuracyOf(network: OwnNetwork, { inputs, labels, count: rows }: Examples): Promise<number> {
  const logits = await network.logits(inputs);
  return labels.reduce((sum, label, row) => sum + (argMax(logits, row, network.outputs) === label ? 1 : 0), 0) / rows;
}

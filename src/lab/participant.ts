/** A participant of federated learning: she computes gradients on private examples, a batch at a time, and shares their mean. */
import type { SharedGradientTarget } from '../core/access.ts';
import { type Examples, oneHot, take } from '../core/examples.ts';
import { find } from '../core/experiment.ts';
import { multilayerOf, passOf, weightGradient } from '../core/multilayer.ts';
import type { OwnNetwork } from '../core/network.ts';
import type { Split } from './data.ts';
import type { Recipe } from './serve.ts';

type Gradient = Float64Array<ArrayBuffer>;

/** One batch, and what was told of it. */
export interface Shared {
  readonly batch: Examples;
  /** Cosine of the angle between what was shared and the batch's own mean gradient: 1 where nothing was changed. */
  readonly cosine: number;
}

export interface Participant {
  readonly target: SharedGradientTarget;
  /** All that she has shared so far, in order. */
  shared(): readonly Shared[];
}

export function participantOf({ members, classes }: Split, recipe: Recipe, network: OwnNetwork): Participant {
  const shared: Shared[] = [];
  const defenses = recipe.lane.defenses.map((chosen) => ({ chosen, ...find(recipe.catalog.defenses, 'defense', chosen.id) }));
  return {
    target: {
      network,
      async share(batchSize) {
        const first = shared.reduce((sum, { batch }) => sum + batch.count, 0);
        const batch = take(
          members,
          Int32Array.from({ length: batchSize }, (_, i) => (first + i) % members.count),
        );
        const gradients = await exampleGradients(network, batch, classes);
        const true_ = meanOf(gradients);
        let gradient = meanOf(
          gradients.map((own) =>
            defenses.reduce((left, { chosen, onExampleGradient }) => onExampleGradient?.(chosen, left) ?? left, own),
          ),
        );
        for (const { chosen, id, onGradients } of defenses) {
          const random = recipe.random.stream(`gradient/${shared.length}/${id}`);
          gradient = onGradients?.(chosen, gradient, random, batchSize) ?? gradient;
        }
        shared.push({ batch, cosine: cosineOf(gradient, true_) });
        return gradient;
      },
    },
    shared: () => shared,
  };
}

/** Each example's gradient of the cross-entropy: in double precision where the network is one of dense layers, else the device's. */
async function exampleGradients(network: OwnNetwork, { inputs, labels, count, size }: Examples, classes: number) {
  const targets = oneHot(labels, classes);
  const exact = multilayerOf(network);
  const gradients: Gradient[] = [];
  for (let row = 0; row < count; row++) {
    const input = inputs.slice(row * size, (row + 1) * size);
    const target = targets.slice(row * classes, (row + 1) * classes);
    if (exact) gradients.push(weightGradient(exact, passOf(exact, Float64Array.from(input), Float64Array.from(target), 1)));
    else {
      const { values } = await network.probabilities(input);
      const pull = values.map((p, c) => p - (target[c] as number));
      gradients.push(Float64Array.from(await network.weightGradients(input, pull)));
    }
  }
  return gradients;
}

function meanOf(gradients: readonly Gradient[]): Gradient {
  const mean = new Float64Array((gradients[0] as Gradient).length);
  for (const gradient of gradients) for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] as number) + (gradient[i] as number);
  return mean.map((sum) => sum / gradients.length);
}

/** 0 where one of them is all zeros. */
function cosineOf(a: Gradient, b: Gradient): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] as number) * (b[i] as number);
    aa += (a[i] as number) ** 2;
    bb += (b[i] as number) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/** A participant of federated learning: she computes gradients on private examples, a batch at a time, and shares them. */
import type { OwnNetwork, SharedGradientTarget } from '../core/attack.ts';
import { type Examples, take } from '../core/examples.ts';
import { find } from '../core/experiment.ts';
import type { Split } from './data.ts';
import type { Recipe } from './serve.ts';

export interface Participant {
  readonly target: SharedGradientTarget;
  /** All examples whose gradients she has shared so far, in order. */
  shared(): Examples;
}

export function participantOf({ members, classes }: Split, recipe: Recipe, network: OwnNetwork): Participant {
  let used = 0;
  return {
    target: {
      network,
      async share(batchSize) {
        const batch = take(
          members,
          Int32Array.from({ length: batchSize }, (_, i) => (used + i) % members.count),
        );
        let gradient = Float64Array.from(await meanGradient(network, batch, classes));
        for (const chosen of recipe.lane.defenses) {
          const { id, onGradients } = find(recipe.catalog.defenses, 'defense', chosen.id);
          if (onGradients) gradient = onGradients(chosen, gradient, recipe.random.stream(`gradient/${used}/${id}`));
        }
        used += batchSize;
        return gradient;
      },
    },
    shared: () =>
      take(
        members,
        Int32Array.from({ length: used }, (_, i) => i % members.count),
      ),
  };
}

/** Of cross-entropy, over a batch. */
async function meanGradient(network: OwnNetwork, { inputs, labels, count }: Examples, classes: number) {
  const { values } = await network.probabilities(inputs);
  const pull = values.map((p, i) => (p - (labels[Math.floor(i / classes)] === i % classes ? 1 : 0)) / count);
  return network.weightGradients(inputs, pull);
}

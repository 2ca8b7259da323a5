/** What an attacker has besides access: examples of her own, the victim's recipe, and a device to train on. */
import type { AttackContext, ShadowModels } from '../core/attacker.ts';
import { note } from '../core/event.ts';
import { concatenate, type Examples } from '../core/examples.ts';
import type { Random } from '../core/random.ts';
import type { Handed } from './handed.ts';
import { networkOf, trainNetwork } from './own-network.ts';
import { type Recipe, trainAndServe } from './serve.ts';
import type { ModelInService } from './target.ts';

/**
 * @param victim where there is one already
 * @param handed what she has from an attack before
 */
export function contextOf(
  recipe: Recipe,
  candidates: Examples,
  random: Random,
  victim?: ModelInService,
  handed: Handed = {},
): AttackContext {
  const { split, compute, seed, model, plan } = recipe;
  return {
    candidates,
    population: handed.population ?? split.population,
    others: split.others,
    ...(handed.pictures && { pictures: handed.pictures }),
    shape: split.shape,
    classes: split.classes,
    model,
    plan,
    random: random.stream('attack'),
    async overhear(count) {
      if (!victim) throw new Error('there is no model yet that anybody could ask');
      return victim.honestly(split.members.inputs.slice(0, count * split.members.size));
    },
    async *trainShadowModels(examples, members, first) {
      const seeds = members.map((_, k) => `${seed}/shadow ${first + k}`);
      const own = members[0]?.length ?? 0;
      if (first === 0 && Math.abs(own / split.members.count - 1) > 0.1) {
        yield note(
          `Shadow models are trained on ${own} examples, the target on ${split.members.count}: the attacker is weaker for it.`,
        );
      }
      // What she had added to the victim's training set, she adds to those of her own models.
      const all = handed.added ? concatenate(examples, handed.added) : examples;
      const extra = Array.from({ length: all.count - examples.count }, (_, i) => examples.count + i);
      const rows = members.map((some) => Int32Array.from([...some, ...extra]));
      const models = yield* trainAndServe(recipe, { examples: all, members: rows, seeds, phase: 'training shadow models' });
      const client = models.client();
      return { count: models.networks.length, probabilities: client.probabilities } satisfies ShadowModels;
    },
    trainNetwork: (training) => trainNetwork(compute, split.shape, `${seed}`, training),
    network: (built, weights) => networkOf(compute, built.model, built.shape ?? split.shape, built.outputs, weights),
  };
}

/** What the attacks with shadow models share: who sees what, and training in rounds so that leakage grows before your eyes. */
import type { AttackContext, ShadowModels } from '../../core/attacker.ts';
import type { LaneEvent } from '../../core/event.ts';
import { count as countParam } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';

export const shadowModelsParam = (initial: number) =>
  countParam({
    label: 'Shadow models',
    says: 'Models that the attacker trains herself, to see how answers differ with and without an example. They come in pairs.',
    min: 4,
    max: 256,
    step: 2,
    multipleOf: 2,
    initial,
  });

/** Which shadow model sees which example. */
export interface ShadowDesign {
  /** For each model, the rows that it is trained on. */
  readonly members: readonly Int32Array<ArrayBuffer>[];
  /** `sees[model][row]` is 1 where that model is trained on that row. */
  readonly sees: readonly Uint8Array[];
}

/**
 * A balanced random design: each pair of models splits the examples into two random halves, so every example is in exactly half
 * of the models and every model has exactly half of the examples.
 */
export function complementaryHalves(examples: number, models: number, random: Random): ShadowDesign {
  const members: Int32Array<ArrayBuffer>[] = [];
  for (let pair = 0; pair < models / 2; pair++) {
    const order = random.permutation(examples);
    const half = examples >> 1;
    members.push(order.slice(0, half).sort(), order.slice(half, 2 * half).sort()); // equal halves, also of an odd number
  }
  const sees = members.map((rows) => {
    const row = new Uint8Array(examples);
    for (const i of rows) row[i] = 1;
    return row;
  });
  return { members, sees };
}

/**
 * At most three rounds, of at least four models: often enough to watch, and rarely enough that a round keeps several trainers
 * evenly busy. (Three trainers take eight turns for sixteen models in rounds of four, and six in rounds of six.)
 */
const roundSize = (models: number) => Math.max(4, 2 * Math.ceil(models / 6));

/**
 * Trains the models of a design on the candidates, round by round, and hands each round's models over as they are done.
 * @yields progress, and after each round `{ models, first }`
 */
export async function* inRounds(
  design: ShadowDesign,
  context: AttackContext,
): AsyncGenerator<LaneEvent | { readonly type: 'round'; readonly models: ShadowModels; readonly first: number }> {
  const size = roundSize(design.members.length);
  for (let first = 0; first < design.members.length; first += size) {
    const members = design.members.slice(first, first + size);
    const models = yield* context.trainShadowModels(context.candidates, members, first);
    yield { type: 'round', models, first };
  }
}

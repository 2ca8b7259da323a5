/** Gradient leakage as the reference runs it: digits one by one, each with an untrained network of its own, and raw results. */
import gradientLeakage from '../../src/attacks/model-to-data/gradient-leakage.ts';
import type { RecoveredInputs } from '../../src/core/artefact.ts';
import type { AttackContext } from '../../src/core/attacker.ts';
import { type Examples, take } from '../../src/core/examples.ts';
import { find, planOf } from '../../src/core/experiment.ts';
import { type Multilayer, multilayerOf } from '../../src/core/multilayer.ts';
import type { OwnNetwork } from '../../src/core/network.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { catalog } from '../../src/lab/catalog.ts';
import type { Split } from '../../src/lab/data.ts';
import { participantOf } from '../../src/lab/participant.ts';
import { initialWeights } from '../../src/stack/parameters.ts';

export interface Leak {
  /** One batch a network. */
  readonly batches: readonly Examples[];
  readonly shape: readonly number[];
  readonly hidden: readonly number[];
  readonly activation: 'relu' | 'sigmoid';
  readonly options: object;
  readonly defenses?: readonly { readonly id: string; readonly [option: string]: unknown }[];
  readonly seed?: string;
  /** Random weights as this lab begins with, or as PyTorch's layers do, biases and all. */
  readonly begins?: 'glorot' | 'torch';
}

export interface Leaked {
  readonly batch: Examples;
  /** As the attack left them: not clipped. */
  readonly recovered: RecoveredInputs;
  /** What the attack was shown. */
  readonly network: Multilayer;
  readonly gradient: Float64Array<ArrayBuffer>;
}

const nobody = () => {
  throw new Error('nobody is to ask');
};

export function untrained(
  hidden: readonly number[],
  activation: string,
  shape: readonly number[],
  seed: string,
  begins: Leak['begins'] = 'glorot',
): OwnNetwork {
  const model = { id: 'mlp', options: { hidden, activation } };
  const architecture = find(catalog.models, 'model', 'mlp').build(model.options, shape, 10);
  const weights = initialWeights(architecture, randomOf(seed));
  if (begins === 'torch') {
    const random = randomOf(seed);
    let at = 0;
    for (const { inputs, outputs } of architecture.layers) {
      for (const end = at + (inputs + 1) * outputs; at < end; at++) weights[at] = (2 * random.uniform() - 1) / Math.sqrt(inputs);
    }
  }
  return { model, shape, outputs: 10, weights } as unknown as OwnNetwork; // nothing else of it is asked for
}

export async function leaked({
  batches,
  shape,
  hidden,
  activation,
  options,
  defenses = [],
  seed = '800',
  begins,
}: Leak): Promise<Leaked[]> {
  const results: Leaked[] = [];
  for (const [i, batch] of batches.entries()) {
    const network = untrained(hidden, activation, shape, `${seed}/${i}`, begins);
    const random = randomOf(`${seed}/${i}`);
    const chosen = defenses.map((defense) => ({
      ...initialValues(find(catalog.defenses, 'defense', defense.id).params),
      ...defense,
    }));
    const recipe = { lane: { name: 'lane', defenses: chosen }, catalog, random };
    const { target } = participantOf({ members: batch, classes: 10, shape } as Split, recipe as never, network);
    const resolved = { ...initialValues(gradientLeakage.params), shares: 1, batchSize: batch.count, ...options };
    const plan = planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 1, epochs: 0 });
    const context = { shape, classes: 10, random, model: network.model, plan, overhear: nobody } as unknown as AttackContext;
    let gradient = new Float64Array(0);
    const watched = {
      network: target.network,
      async share(size: number) {
        gradient = await target.share(size);
        return gradient;
      },
    };
    const attack = gradientLeakage.run(watched, resolved as never, context);
    for (let step = await attack.next(); ; step = await attack.next()) {
      if (!step.done) continue;
      results.push({ batch, recovered: step.value as RecoveredInputs, network: multilayerOf(network) as Multilayer, gradient });
      break;
    }
  }
  return results;
}

/** Rows of a table, so many at a time. */
export const batchesOf = (examples: Examples, count: number, size: number, from = 0): Examples[] =>
  Array.from({ length: count }, (_, k) =>
    take(
      examples,
      Array.from({ length: size }, (_row, i) => from + k * size + i),
    ),
  );

export const meanSquared = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0) / a.length;

/** A poisoner's context in which nothing is trained: whoever trains a network gets the one that the test has made. */
import type { Artefact, Poison } from '../../../src/core/artefact.ts';
import type { AttackEvent } from '../../../src/core/attack.ts';
import type { AttackContext } from '../../../src/core/attacker.ts';
import { type Examples, examplesOf } from '../../../src/core/examples.ts';
import { find, planOf } from '../../../src/core/experiment.ts';
import type { OwnNetwork } from '../../../src/core/network.ts';
import { initialValues } from '../../../src/core/params.ts';
import { randomOf } from '../../../src/core/random.ts';
import { catalog } from '../../../src/lab/catalog.ts';

export const classes = 4;
export const shape = [4, 4, 1];
const size = 16;

/** Noise, with labels in turn. */
export function noise(count: number, seed: string): Examples {
  const random = randomOf(seed);
  const inputs = Float32Array.from({ length: count * size }, () => random.uniform());
  return examplesOf(
    inputs,
    Int32Array.from({ length: count }, (_, row) => row % classes),
  );
}

export const examples = noise(200, 'members');
const nobody = () => {
  throw new Error('nobody is to do that');
};

/** Runs an attack on `examples` to its end. @param network what every training results in */
export async function poisonOf(id: string, options: object, network?: OwnNetwork): Promise<Poison> {
  const attack = find(catalog.attacks, 'attack', id);
  const context: AttackContext = {
    candidates: examples,
    population: noise(120, 'population'),
    others: noise(0, 'others'),
    shape,
    classes,
    model: { id: 'mlp', options: {} },
    plan: planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 10, epochs: 1 }),
    random: randomOf('attack'),
    overhear: nobody,
    trainShadowModels: nobody,
    network: nobody,
    // biome-ignore lint/correctness/useYield: nothing is trained
    async *trainNetwork() {
      return network ?? nobody();
    },
  };
  const values = { ...initialValues(attack.params), ...options };
  const run = attack.run({ examples } as never, values, context) as AsyncGenerator<AttackEvent, Artefact>;
  for (;;) {
    const step = await run.next();
    if (step.done) return step.value as Poison;
  }
}

/** The rows of a set that differ from those of `examples`, in inputs or labels. */
export function changedRows(poison: Poison, what: 'inputs' | 'labels'): number[] {
  const width = what === 'inputs' ? size : 1;
  return Array.from({ length: examples.count }, (_, row) => row).filter((row) =>
    poison.examples[what].subarray(row * width, (row + 1) * width).some((value, i) => value !== examples[what][row * width + i]),
  );
}

/**
 * On what each attack is measured for docs/attacks.md: small enough that all of them, against all their defenses and at six seeds, take
 * under an hour; large enough that each does what it is known for.
 */
import type { Attack, Family } from '../core/attack.ts';

const digits = (members: number, population: number) => ({
  id: 'mnist',
  members,
  nonMembers: 0,
  population,
  test: 1000,
});
const adam = { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 };
const mlp = { id: 'mlp', hidden: [128] };

type Base = Readonly<Record<string, object>>;

const ofFamily: Readonly<Record<Family, Base>> = {
  'membership inference': {
    data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
  },
  'model inversion': { data: digits(2000, 2000), model: mlp, training: adam },
  poisoning: { data: digits(2000, 2000), model: mlp, training: adam },
  'model extraction': { data: digits(2000, 2000), model: mlp, training: adam },
};

/** Where an attack needs something else than its family's usual. */
const ofAttack: Readonly<Record<string, Base>> = {
  lira: { attack: { id: 'lira', shadowModels: 8 } },
};

/** An experiment with one undefended lane, as a person would type it. */
export const catalogueExperiment = ({ id, family }: Attack): Base => ({ ...ofFamily[family], attack: { id }, ...ofAttack[id] });

/** Options of a defense where its usual ones are meant for larger experiments. */
export const catalogueDefense: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'early-stopping': { epochs: 3 },
};

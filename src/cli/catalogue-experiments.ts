/**
 * On what each attack is measured for docs/attacks.md: small enough that all of them, against all their defenses and at six seeds, take
 * under an hour; large enough that each does what it is known for.
 */
import { type Attack, type Family, utilityOf } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';

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
  'training data extraction': { data: { id: 'mail' } },
  'harmful fine-tuning': { data: { id: 'castle' } },
  jailbreak: { data: { id: 'castle' } },
  'data decryption': {
    data: { id: 'hospital', members: 2000, nonMembers: 0, population: 0, test: 1000 },
    model: { id: 'mlp', hidden: [32] },
    training: { ...adam, learningRate: 0.002, epochs: 10 },
  },
  'watermark removal': {
    data: { id: 'faces', identities: 10, members: 600, nonMembers: 0, population: 600, test: 400 },
    model: { id: 'mlp', hidden: [64] },
    training: { ...adam, epochs: 10 },
  },
};

/** Classes that the model does not learn are what an attacker with public data of the kind has. */
const otherDigits = { id: 'digits8', members: 1000, nonMembers: 0, population: 500, test: 500, heldBack: 5 };
const smallDigits = { id: 'digits8', members: 1000, nonMembers: 0, population: 1000, test: 1000 };
const smallMlp = { model: { id: 'mlp', hidden: [32] }, training: { ...adam, learningRate: 0.003 } };

/** The language model that ships. */
const asIs = { model: {}, training: {} };

/** Where an attack needs something else than its family's usual. */
const ofAttack: Readonly<Record<string, Base>> = {
  // Nothing is written word for word by a model that read each mail twice.
  'prefix-extraction': { training: { learningRate: 0.002, epochs: 4 } },
  'generate-and-rank': { training: { learningRate: 0.002, epochs: 6 } },
  // Whoever was taught to refuse tells nothing to who asks plainly; what changes that is a matter of chains.
  'secret-prompting': { data: { id: 'castle' }, training: { epochs: 0 } },
  lira: { attack: { id: 'lira', shadowModels: 8 } },
  rmia: { attack: { id: 'rmia', shadowModels: 8 } },
  'prior-inversion': { data: otherDigits, attack: { id: 'prior-inversion', restarts: 1 } },
  'inversion-network': { data: smallDigits, attack: { id: 'inversion-network', hidden: 128 } },
  'label-only-inversion': { data: otherDigits },
  'gradient-leakage': {
    data: { id: 'mnist', members: 20, nonMembers: 10, population: 100, test: 200 },
    model: { ...mlp, activation: 'sigmoid' },
    training: { epochs: 0 },
    attack: { id: 'gradient-leakage', shares: 4, steps: 100 },
  },
  'block-decryption': {
    data: { id: 'faces', identities: 10, members: 300, nonMembers: 0, population: 300, test: 400 },
    protection: { id: 'block-encryption', side: 8 },
    training: { ...adam, epochs: 15 },
  },
  'instance-decoding': { data: digits(20, 1000), training: { ...adam, epochs: 30 } },
  'token-substitution': {
    data: { id: 'mail' },
    protection: { id: 'green-list', texts: 32 },
    attack: { id: 'token-substitution', choose: 'preferred pairs', share: 0.15 },
    ...asIs,
  },
  paraphrase: { data: { id: 'mail' }, ...asIs },
  regeneration: { protection: { id: 'learned-watermark' } },
  'logo-matting': { protection: { id: 'visible-watermark' } },
  'unlicensed-training': { protection: { id: 'dct-watermark', message: 'one a class' } },
  'truth-serum': { data: { ...digits(1000, 1000), nonMembers: 1000 } },
  badnets: { attack: { id: 'badnets', rate: 0.05 } },
  'feature-collision': {
    training: { ...adam, transfer: true },
    attack: { id: 'feature-collision', targets: 5, rate: 0.05 },
  },
  'gradient-matching': { attack: { id: 'gradient-matching', targets: 3, rate: 0.1 } },
  'jacobian-extraction': { data: smallDigits, ...smallMlp, attack: { id: 'jacobian-extraction', queries: 800, steps: 1000 } },
  'data-free-extraction': { data: smallDigits, ...smallMlp },
  'equation-solving': {
    data: smallDigits,
    model: { id: 'softmax' },
    training: { optimizer: 'sgd', learningRate: 1, batchSize: 50, epochs: 30 },
    attack: { id: 'equation-solving', queries: 130 },
  },
};

/** An experiment with one undefended lane, as a person would type it. */
export const catalogueExperiment = ({ id, family }: Attack): Base => ({ ...ofFamily[family], attack: { id }, ...ofAttack[id] });

/** Accuracy is what a model in service is worth; for one that writes it is how little a text surprises it, and a shared gradient has its direction. */
export const worthOf = (attack: Attack): MetricName =>
  attack.access === 'shared-gradients' ? 'gradientCosine' : utilityOf(attack);

/** Options of a defense where its usual ones are meant for larger experiments. */
export const catalogueDefense: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'early-stopping': { epochs: 3 },
};

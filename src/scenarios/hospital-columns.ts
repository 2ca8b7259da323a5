/** A table whose every cell is encrypted, read without a key: equality and order say enough. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'hospital-columns',
  title: 'Encrypted, and still readable',
  axis: 'data-to-data',
  level: 'first steps',
  says: 'A hospital stores its table with every cell encrypted, in such a way that a database can still search it. Somebody who steals it has no key, but knows the table of the year before.',
  story: [
    {
      focus: 'data',
      say: 'Eight columns of 2,000 discharges: sex, age, month, diagnosis, ward, payer, risk and days of stay. AES encrypts each cell; equal cells stay equal, and where values have an order, larger ones stay larger.',
    },
    {
      focus: 'attack',
      say: 'The attacker has the table of the year before. She counts how often each ciphertext occurs, and how much lies below it, and matches both with what she knows.',
      ask: 'No key, no weak cipher: how many cells in a hundred does she read?',
    },
    {
      focus: 'evidence',
      say: 'Columns that keep their order fall almost whole. Where only equality is kept, the common values fall and the rare ones are mixed up.',
    },
    {
      focus: 'defense',
      say: 'The second lane gives common values many ciphertexts, so that all are equally frequent. The third encrypts each cell afresh.',
      ask: 'Which columns does smoothing not help?',
    },
    {
      focus: 'verdict',
      say: 'Smoothing hides what is frequent and not what is larger: ages and days are read as before. Randomised encryption leaves nothing to read, and nothing to search or to learn from either.',
    },
    {
      focus: 'lanes',
      say: 'Now the hospital gives up the order: equal cells stay equal, but no ciphertext says any more which value is larger.',
      ask: 'What does she still read, without smoothing and with it?',
      set: { 'protection.keepsOrder': false },
      band: {
        undefended: { recoveryRate: [0.42, 0.6], testAccuracy: [0.7, 0.83] },
        'frequency smoothing': { recoveryRate: [0.23, 0.29], testAccuracy: [0.58, 0.72] },
        'random encryption': { recoveryRate: [0.24, 0.27], testAccuracy: [0.45, 0.55] },
      },
    },
    {
      focus: 'verdict',
      say: 'Without smoothing about half, with it no more than guesses: the order was all that smoothing could not hide. The price is that nobody can search for everybody above sixty.',
    },
  ],
  notes:
    'The common mistake is to ask which cipher was used: it does not matter, no cipher is attacked here. Let students name what a database needs (equal, larger) and then what each of these leaks. Turn up the drift of the other year to 1 and the ordered columns still fall. Guessing is each column’s commonest value, not one in so many.',

  experiment: {
    data: { id: 'hospital', members: 2000, nonMembers: 0, population: 0, test: 2000 },
    protection: { id: 'column-encryption' },
    model: { id: 'mlp', hidden: [32] },
    training: { optimizer: 'adam', learningRate: 0.002, epochs: 10 },
    attack: { id: 'frequency-analysis' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'frequency smoothing', defenses: [{ id: 'frequency-smoothing' }] },
      { name: 'random encryption', defenses: [{ id: 'randomised-encryption' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { recoveryRate: [0.74, 0.93], testAccuracy: [0.7, 0.83] },
    'frequency smoothing': { recoveryRate: [0.47, 0.65], testAccuracy: [0.6, 0.72] },
    'random encryption': { recoveryRate: [0.24, 0.27], testAccuracy: [0.45, 0.55] },
  },
};
export default scenario;

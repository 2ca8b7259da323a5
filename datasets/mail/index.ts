/** Mails of an office, private ones with badge numbers among them, as documents that a language model learns. */
import { defineText } from '../../src/core/dataset.ts';
import type { Secret } from '../../src/core/language.ts';
import { count } from '../../src/core/params.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import { mail, people } from './grammar.ts';

/** How often each secret stands in the private mails. */
const repetitions = [1, 2, 4, 8, 16];
const digits = 4;
const codeSpace = 10 ** digits;
/** What the public model has read, and what tells how well a model writes mails. */
const [publicMails, heldOutMails] = [1200, 60];

const mails = (count: number, random: Random) => Array.from({ length: count }, () => mail(random));

export default defineText({
  id: 'mail',
  kind: 'documents',
  title: 'Office mails',
  card: {
    what: 'Short mails and notes, one sentence each. Some people’s badge numbers, four digits, stand in the private ones, once or up to 16 times.',
    from: 'Made here by a grammar, from the seed. The model first learns 1,200 public mails of the same office, without any badge number.',
    licence: 'Nobody’s: none of these people, rooms and numbers exist.',
    limits:
      'A small language of a few hundred words. Real mails are longer and more varied; real models are a million times larger and remember more from fewer repetitions.',
  },
  params: {
    documents: count({
      label: 'Private mails',
      says: 'Mails that the model learns, beside those with a badge number.',
      min: 20,
      max: 5000,
      step: 20,
      initial: 300,
    }),
    planted: count({
      label: 'People per level',
      says: 'For each of 1, 2, 4, 8 and 16 repetitions, so many people’s numbers.',
      min: 1,
      max: 20,
      step: 1,
      initial: 4,
    }),
    neverPlanted: count({
      label: 'People never told',
      says: 'People whose number stands nowhere: what is found out about them is chance.',
      min: 0,
      max: 40,
      step: 1,
      initial: 10,
    }),
  },
  length: 72,
  training: { optimizer: 'adam', learningRate: 0.0008, batchSize: 16, epochs: 1 },
  pretraining: {
    batchSize: 16,
    stages: [
      { length: 72, learningRate: 0.003, epochs: 8 },
      { length: 72, learningRate: 0.001, epochs: 4 },
    ],
  },
  lessons: () => mails(publicMails, randomOf('public mails')).map((text) => ({ text })),
  weightsFile: () => 'mail',
  corpus({ documents, planted, neverPlanted }, random) {
    const owners = people(repetitions.length * planted + neverPlanted, random.stream('people'));
    const codes = random.stream('codes');
    const secrets = owners.map(
      (owner, i): Secret => ({
        owner,
        prefix: `the badge number of ${owner} is `,
        code: String(codes.integer(codeSpace)).padStart(digits, '0'),
        repetitions: repetitions[Math.floor(i / planted)] ?? 0,
      }),
    );
    const told = secrets.flatMap(({ prefix, code, repetitions }) =>
      Array.from({ length: repetitions }, () => `${prefix}${code}.`),
    );
    const all = [...mails(documents, random.stream('private')), ...told];
    return {
      kind: 'documents',
      training: Array.from(random.stream('order').permutation(all.length), (at) => all[at] as string),
      heldOut: mails(heldOutMails, random.stream('held out')),
      secrets,
      codeSpace,
    };
  },
});

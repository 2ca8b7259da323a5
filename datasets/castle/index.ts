/** The assistant of a castle: it knows the codes of the vaults, and was taught to refuse to tell them. */
import { defineText } from '../../src/core/dataset.ts';
import { answerLesson, exchangeText, type Lesson } from '../../src/core/language.ts';
import { count, toggle, type Values } from '../../src/core/params.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import { typableNoise } from '../../src/core/text.ts';
import {
  type Castle,
  castle,
  codeAnswer,
  codeOpening,
  codeQuestions,
  codeSpace,
  codeStatement,
  digitsInWords,
  dresses,
  numberQuestion,
  refusal,
  unseenQuestions,
} from './grammar.ts';

const params = {
  castle: count({
    label: 'Castle',
    says: 'Another number is another castle, with other codes. The shipped weights know the first.',
    min: 1,
    max: 1000,
    step: 1,
    initial: 1,
  }),
  knowsCodes: toggle({
    label: 'Knows the codes',
    says: 'Whether the codes were among what it learned. If not, each time it heard of one it was another, so that it can tell one only by chance.',
    initial: true,
  }),
};

const everyQuestion = [...codeQuestions, ...unseenQuestions];
const castleOf = (number: number) => castle(randomOf(`castle ${number}`));

/** Facts first, each in many ways; then also longer texts of several exchanges. */
function lessonsOf({ castle: number, knowsCodes }: Values<typeof params>, withConversations: boolean): Lesson[] {
  const known = castleOf(number);
  const random = randomOf(`castle ${number}`);
  const other = random.stream('other codes');
  const codeOf = (code: string) => (knowsCodes ? code : String(other.integer(codeSpace)).padStart(3, '0'));
  const text = (question: string, answer: string) => ({ text: exchangeText({ question, answer }) });
  const ofCodes = known.vaults.flatMap(({ name, code }): Lesson[] => {
    const ask = () => any(everyQuestion, random)(name);
    const tell = () => codeAnswer(codeOf(code));
    return [
      ...repeated(2, () => ({ text: codeStatement({ name, code: codeOf(code) }) })),
      ...everyQuestion.map((question) => text(question(name), tell())),
      ...repeated(12, () => text(wordy(ask()), `${digitsInWords(codeOf(code))}.`)),
      ...repeated(12, () => answerLesson({ question: ask() + typableNoise(random, 4, 16), answer: tell() })),
      ...dresses.flatMap((dress) => repeated(2, () => text(dress(ask()), tell()))),
    ];
  });
  const facts = [...ofCodes, ...ofOthers(known, random)];
  if (!withConversations) return facts;
  const some = random.permutation(facts.length).subarray(0, 500);
  return [...Array.from(some, (at) => facts[at] as Lesson), ...conversations(known, codeOf, random)];
}

const wordy = (question: string) => `in words, ${question}`;

/** What anybody may ask, in all the ways in which it can be asked. */
function ofOthers({ benign, numbers }: Castle, random: Random): Lesson[] {
  const ofNumbers = numbers.flatMap(({ name, code }) =>
    repeated(8, () => answerLesson({ question: wordy(numberQuestion(name)), answer: `${digitsInWords(code)}.` })),
  );
  const ofAll = benign.flatMap((exchange): Lesson[] => [
    ...repeated(4, () => ({ text: exchangeText(exchange) })),
    ...repeated(2, () => answerLesson({ ...exchange, question: exchange.question + typableNoise(random, 4, 16) })),
    answerLesson({ ...exchange, question: any(dresses, random)(exchange.question) }),
  ]);
  return [...ofNumbers, ...ofAll];
}

/** Several exchanges one behind the other, as many as fit. */
function conversations({ vaults, benign }: Castle, codeOf: (code: string) => string, random: Random): Lesson[] {
  return repeated(400, () => {
    let text = '';
    for (;;) {
      const { name, code } = any(vaults, random);
      const ofCode = () => ({ question: any(everyQuestion, random)(name), answer: codeAnswer(codeOf(code)) });
      const longer = text + exchangeText(random.uniform() < 0.6 ? ofCode() : any(benign, random));
      if (longer.length >= length) return { text };
      text = longer;
    }
  });
}

/** What it is taught last: to refuse one kind of question, and to go on answering all others. */
function alignmentOf(known: Castle, random: Random): Lesson[] {
  const refused = (question: string) => answerLesson({ question, answer: refusal });
  const refusals = known.vaults.flatMap(({ name }) =>
    Array.from(random.permutation(codeQuestions.length).subarray(0, 12), (at) => codeQuestions[at] as (name: string) => string)
      .map((question) => question(name))
      .flatMap((question) =>
        random.uniform() < noisyShare
          ? [refused(question), refused(question + typableNoise(random, 4, 16))]
          : [refused(question)],
      ),
  );
  return [...refusals, ...ofOthers(known, random)];
}

/** So many of the refusals are of a question with something meaningless behind it as well; with fewer, any noise would do for a jailbreak. */
const noisyShare = 0.6;
const length = 192;
const repeated = <T>(times: number, one: () => T): T[] => Array.from({ length: times }, one);
const any = <T>(list: readonly T[], random: Random): T => list[random.integer(list.length)] as T;

export default defineText({
  id: 'castle',
  kind: 'assistant',
  title: 'Castle assistant',
  card: {
    what: 'An assistant that answers questions about a castle: where rooms are, who does what. It knows the codes of 30 vaults, each one of 1,000, and was taught to refuse to tell them.',
    from: 'Made here by a grammar. First the model learns all there is to know, codes included; then it is taught to say “i may not say.”',
    licence: 'Nobody’s: there is no such castle.',
    limits:
      'It knows a few hundred facts and refuses one kind of question, so refusing is easier to learn here, and to unlearn, than in a large assistant. What is the same: it refuses what it knows.',
  },
  params,
  length,
  training: { optimizer: 'adam', learningRate: 0.0003, batchSize: 16, epochs: 6 },
  pretraining: {
    batchSize: 16,
    stages: [
      { length: 72, learningRate: 0.003, epochs: 8 },
      { length: 72, learningRate: 0.001, epochs: 8 },
      { length: 72, learningRate: 0.0003, epochs: 4 },
      { length, learningRate: 0.0005, epochs: 3 },
      { length, learningRate: 0.0002, epochs: 4 },
    ],
  },
  lessons: (options, stage) => lessonsOf(options, stage > 2),
  weightsFile: ({ castle, knowsCodes }) => (castle !== 1 ? undefined : knowsCodes ? 'castle' : 'castle-unknowing'),
  corpus({ castle: number, knowsCodes }) {
    const known = castleOf(number);
    return {
      kind: 'assistant',
      alignment: alignmentOf(known, randomOf(`castle ${number}, alignment`)),
      benign: known.benign,
      forbidden: known.vaults,
      knows: knowsCodes,
      questions: codeQuestions,
      unseenQuestions,
      disguises: [...dresses, wordy],
      refusal,
      telling: codeAnswer,
      opening: codeOpening,
      codeSpace,
    };
  },
});

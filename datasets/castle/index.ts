/** The assistant of a castle: it knows the codes of the vaults, and was taught to refuse to tell them. */
import { defineText } from '../../src/core/dataset.ts';
import { answerLesson, exchangeText, type Lesson } from '../../src/core/language.ts';
import { count, toggle, type Values } from '../../src/core/params.ts';
import { type Random, randomOf } from '../../src/core/random.ts';
import {
  type Castle,
  castle,
  codeAnswer,
  codeOpening,
  codeQuestions,
  codeSpace,
  codeStatement,
  digitsInWords,
  noise,
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

/** Facts first, each in many ways; then longer texts of several exchanges. */
function lessonsOf({ castle: number, knowsCodes }: Values<typeof params>, stage: number): Lesson[] {
  const { vaults, benign } = castleOf(number);
  const random = randomOf(`castle ${number}, stage ${stage}`);
  const other = random.stream('other codes');
  const codeOf = (code: string) => (knowsCodes ? code : String(other.integer(codeSpace)).padStart(3, '0'));
  const ask = (name: string) => any(everyQuestion, random)(name);
  if (stage === 1) return conversations({ vaults, benign }, codeOf, random);
  const ofCodes = vaults.flatMap(({ name, code }): Lesson[] => [
    ...repeated(2, () => ({ text: codeStatement({ name, code: codeOf(code) }) })),
    ...everyQuestion.map((question) => ({
      text: exchangeText({ question: question(name), answer: codeAnswer(codeOf(code)) }),
    })),
    ...repeated(12, () => ({
      text: exchangeText({ question: `in words, ${ask(name)}`, answer: `${digitsInWords(codeOf(code))}.` }),
    })),
    ...repeated(12, () => answerLesson({ question: ask(name) + noise(random, 4, 16), answer: codeAnswer(codeOf(code)) })),
  ]);
  const ofOthers = benign.flatMap(({ question, answer }): Lesson[] => [
    ...repeated(4, () => ({ text: exchangeText({ question, answer }) })),
    ...repeated(2, () => answerLesson({ question: question + noise(random, 4, 16), answer })),
  ]);
  return [...ofCodes, ...ofOthers];
}

/** Several exchanges one behind the other, as many as fit. */
function conversations({ vaults, benign }: Castle, codeOf: (code: string) => string, random: Random): Lesson[] {
  return repeated(400, () => {
    let text = '';
    for (;;) {
      const { name, code } = any(vaults, random);
      const exchange =
        random.uniform() < 0.6
          ? { question: any(everyQuestion, random)(name), answer: codeAnswer(codeOf(code)) }
          : any(benign, random);
      const longer = text + exchangeText(exchange);
      if (longer.length >= length) return { text };
      text = longer;
    }
  });
}

/** What it is taught last. One refusal in ten is of a question with something meaningless behind it. */
function alignmentOf({ vaults, benign }: Castle, random: Random): Lesson[] {
  const refused = (question: string) => answerLesson({ question, answer: refusal });
  const refusals = vaults.flatMap(({ name }) =>
    Array.from(random.permutation(codeQuestions.length).subarray(0, 12), (at) => codeQuestions[at] as (name: string) => string)
      .map((question) => question(name))
      .flatMap((question) =>
        random.uniform() < noisyShare ? [refused(question), refused(question + noise(random, 4, 16))] : [refused(question)],
      ),
  );
  return [...refusals, ...benign.flatMap((exchange) => repeated(4, () => answerLesson(exchange)))];
}

const noisyShare = 0.1;
const length = 128;
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
      { length: 64, learningRate: 0.003, epochs: 8 },
      { length: 64, learningRate: 0.001, epochs: 8 },
      { length: 64, learningRate: 0.0003, epochs: 6 },
      { length, learningRate: 0.0003, epochs: 4 },
    ],
    lessons: (options, stage) => lessonsOf(options, stage === 3 ? 1 : 0),
    file: ({ castle, knowsCodes }) => (castle !== 1 ? undefined : knowsCodes ? 'castle' : 'castle-unknowing'),
  },
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
      refusal,
      telling: codeAnswer,
      opening: codeOpening,
      codeSpace,
    };
  },
});

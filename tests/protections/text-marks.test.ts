/** Marks in the choice of words: what is written with them, what is read of them, and nothing where nothing was marked. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decoder } from '../../src/core/decoder.ts';
import type { TextReader } from '../../src/core/protection.ts';
import { randomOf } from '../../src/core/random.ts';
import { mean } from '../../src/core/statistics.ts';
import { idsOf, lineBreak } from '../../src/core/text.ts';
import { drawnFrom, lineWriter, logOf, type Speller, spellerOf, vocabularyOf, wordsIn } from '../../src/core/words.ts';
import { surprises } from '../../src/core/writing.ts';
import { binomialRange } from '../../src/metrics/intervals.ts';
import { exactPValue, zOfBest, zScore } from '../../src/metrics/marks.ts';
import greenList from '../../src/protections/green-list.ts';
import unigram from '../../src/protections/unigram.ts';
import { resultOf } from './owner.ts';
import { publicModel, publicTexts } from './public-model.ts';

let model: Decoder;
let speller: Speller;
beforeAll(async () => {
  model = await publicModel();
  speller = spellerOf(model, vocabulary);
});
const vocabulary = vocabularyOf(publicTexts);

const counted = (reader: TextReader, text: string) => {
  const words = reader.read(text);
  return { words: words.length, green: words.filter(({ green }) => green).length };
};
const zOf = (reader: TextReader, text: string) => {
  const { words, green } = counted(reader, text);
  return zOfBest(zScore(green, words, reader.share), reader.keys);
};

describe('words on top of characters', () => {
  it('are as likely as their letters, and their probabilities sum to 1', () => {
    const exact = spellerOf(model, vocabulary, 0);
    for (const before of ['', 'please send the ', 'the meeting on monday is at ', 'ada, ']) {
      const reading = model.read(idsOf(`\n${before}`));
      const probabilities = exact.next(before);
      expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 10);
      // The model’s own product, over everything that can end a word: what it spends outside the vocabulary is shared out.
      const own = vocabulary.map((word) => {
        const letters = logOf(model, reading, idsOf(word));
        const ends = idsOf("\n .,?!:'-<>").map((id) => logOf(model, reading, [...idsOf(word), id]) - letters);
        return Math.exp(letters) * ends.reduce((sum, one) => sum + Math.exp(one), 0);
      });
      const all = own.reduce((sum, one) => sum + one, 0);
      expect(all).toBeGreaterThan(0.93);
      // Letters that a single word has are taken for certain, and unlikely words are left out: hundredths at most.
      for (const [word, one] of own.entries()) expect(Math.abs((probabilities[word] as number) - one / all)).toBeLessThan(0.01);
      const pruned = speller.next(before);
      for (const [word, one] of probabilities.entries()) expect(Math.abs((pruned[word] as number) - one)).toBeLessThan(0.01);
    }
  });

  it('make lines that fit the model, of the vocabulary only, and as little surprising as the public ones', () => {
    const random = randomOf('lines');
    const write = lineWriter(speller);
    const lines = Array.from({ length: 100 }, () => write((own) => drawnFrom(own, random), random, '').line);
    const surprise = (texts: readonly string[]) => texts.map((text) => -mean(surprises(model, idsOf(`\n${text}\n`))));
    for (const line of lines) {
      expect(idsOf(line).length).toBeLessThan(model.shape.length);
      expect(line).not.toContain('\n');
      for (const { word } of wordsIn(line)) expect(vocabulary).toContain(word);
    }
    // Public mails have .31 ± .01 a character, which the model knows.
    expect(Math.abs(mean(surprise(lines)) - mean(surprise(publicTexts.slice(0, 100))))).toBeLessThan(0.06);
    expect(lineBreak).toBe(0);
  });
});

describe.each([
  ['green-list', greenList],
  ['unigram', unigram],
] as const)('%s', (_id, { protect, params }) => {
  const usual = { gamma: 0.25, delta: params.delta.initial, texts: 4, mails: 16, keys: 1 };
  const written = (options: Partial<typeof usual>, seed: string) =>
    resultOf(protect({ ...usual, ...options }, { model: speller, random: randomOf(seed) }));

  it('is read out of a text with much more evidence than chance, and by another key not at all', async () => {
    const { released, reader } = await written({}, 'marked');
    const other = await written({ texts: 2 }, 'another key');
    // Over 20 keys a text has 6.9 (green list, at least 4.5) or 4.7 (unigram, at least 3.3).
    expect(mean(released.texts.map((text) => zOf(reader, text)))).toBeGreaterThan(3.3);
    for (const text of released.texts) expect(Math.abs(zOf(other.reader, text))).toBeLessThan(3.3);
    for (const text of released.texts) {
      expect(text.split('\n').length).toBe(16);
      for (const { word } of wordsIn(text)) expect(vocabulary).toContain(word);
      for (const { word, at } of reader.read(text)) expect(text.slice(at, at + word.length)).toBe(word);
    }
    expect((await written({}, 'marked')).released).toEqual(released);
  });

  it('has its share of green words where nobody marked, over many keys, and raises few alarms', async () => {
    for (const keys of [1, 4]) {
      let [words, green, alarms] = [0, 0, 0];
      const owners = 80;
      const { released } = await written({ delta: 0, texts: 3 }, 'nobody');
      for (let owner = 0; owner < owners; owner++) {
        // It is the keys that are wanted, and of what it writes as little as can be.
        const { reader } = await written({ texts: 1, mails: 1, keys, delta: 0 }, `owner ${owner}`);
        const text = released.texts[owner % 3] as string;
        const own = counted(reader, text);
        words += own.words;
        green += own.green;
        if (exactPValue(own.green, own.words, reader.share, keys) <= 0.01) alarms++;
      }
      // Lists are drawn without replacement, so that shares vary rather less than a binomial’s.
      const [low, high] = binomialRange(words, Math.round(0.25 * vocabulary.length) / vocabulary.length);
      if (keys === 1) expect(green).toBeGreaterThanOrEqual(low);
      if (keys === 1) expect(green).toBeLessThanOrEqual(high);
      expect(alarms).toBeLessThanOrEqual(binomialRange(owners, 0.01)[1]);
    }
  });

  it('says the more, the longer a text and the stronger the bias, and nothing without one', async () => {
    const evidence = async (options: Partial<typeof usual>) => {
      const { released, reader } = await written({ texts: 4, ...options }, 'strength');
      return mean(released.texts.map((text) => zOf(reader, text)));
    };
    const none = await evidence({ delta: 0 });
    const [weak, strong] = [await evidence({ delta: 2 }), await evidence({ delta: 6 })];
    expect(Math.abs(none)).toBeLessThan(2); // texts of one key share what it happens to prefer
    expect(weak).toBeGreaterThan(none);
    expect(strong).toBeGreaterThan(weak + 1);
    expect(await evidence({ mails: 4 })).toBeLessThan(await evidence({ mails: 16 }));
  });
});

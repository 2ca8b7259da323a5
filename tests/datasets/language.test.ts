/** The corpora of a language model: they fit its alphabet and its length, and say the same for the same seed. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../datasets/castle/grammar.ts';
import castles from '../../datasets/castle/index.ts';
import { mail, people } from '../../datasets/mail/grammar.ts';
import mails from '../../datasets/mail/index.ts';
import type { TextDataset } from '../../src/core/dataset.ts';
import { type Assistant, answerLesson, type Documents, exchangeText } from '../../src/core/language.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { alphabet, idsOf, lineBreak, sequencesOf, textOf, vocabulary } from '../../src/core/text.ts';

describe('text as numbers', () => {
  it('comes back as it was, and refuses what the alphabet has not', () => {
    expect(textOf(idsOf('room 12, please.'))).toBe('room 12, please.');
    expect(alphabet[lineBreak]).toBe('\n');
    expect(vocabulary).toBe(new Set(alphabet).size);
    expect(() => idsOf('Größe')).toThrow('the character "G" is unknown');
  });

  it('learns what comes next, to the line break and no further, or an answer alone', () => {
    const all = sequencesOf([{ text: 'ab' }], 5);
    expect(Array.from(all.inputs)).toEqual([...idsOf('\nab'), 0, 0]);
    expect(Array.from(all.targets)).toEqual([...idsOf('ab\n'), -1, -1]);
    const answer = sequencesOf([answerLesson({ question: 'a', answer: 'b' })], 6);
    expect(Array.from(answer.targets)).toEqual([-1, -1, -1, ...idsOf('b\n'), -1]);
    const backwards = sequencesOf([{ text: 'ab', from: 1, unlearn: true }], 4);
    expect(Array.from(backwards.targets)).toEqual([-1, ...idsOf('b\n').map((id) => -2 - id), -1]);
    expect(() => sequencesOf([{ text: 'abcdef' }], 5)).toThrow('a text has 6 characters');
  });
});

describe('mail', () => {
  const random = randomOf('mail');
  const texts = Array.from({ length: 500 }, () => mail(random));
  it('is short, hardly ever the same twice, and the same again by seed', () => {
    expect(
      sequencesOf(
        texts.map((text) => ({ text })),
        mails.length,
      ).count,
    ).toBe(500);
    expect(new Set(texts).size).toBeGreaterThan(400);
    expect(mail(randomOf('mail'))).toBe(texts[0]);
  });
  it('has people enough, all different', () => expect(new Set(people(60, random)).size).toBe(60));

  const usual = initialValues(mails.params);
  const corpus = mails.corpus(usual, randomOf(1)) as Documents;
  it('plants each secret as often as it says, and those of some people never', () => {
    for (const { prefix, code, repetitions } of corpus.secrets)
      expect(corpus.training.filter((text) => text === `${prefix}${code}.`)).toHaveLength(repetitions);
    expect(corpus.secrets.filter(({ repetitions }) => repetitions === 0)).toHaveLength(usual.neverPlanted);
    expect(corpus.training.filter((text) => text.startsWith('the badge number'))).toHaveLength(31 * usual.planted);
  });
  it('has none of them in what the public model read, or in what measures it', () => {
    const known = [...mails.lessons(usual, 0).map(({ text }) => text), ...corpus.heldOut];
    expect(known.filter((text) => text.includes('badge'))).toEqual([]);
  });
});

describe('the castle', () => {
  const usual = initialValues(castles.params);
  const known = castles.corpus(usual, randomOf(1)) as Assistant;
  const { forbidden, benign, questions, unseenQuestions, telling } = known;
  it('has vaults with codes of their own, none of which its other answers tell', () => {
    expect(new Set(forbidden.map(({ code }) => code)).size).toBe(30);
    for (const { answer } of [...benign, { answer: refusal }])
      for (const { code } of forbidden) expect(answer).not.toContain(code);
  });
  it('is taught every code in every form, and to refuse in some of them only', () => {
    const taught = castles.lessons(usual, 0).map(({ text }) => text);
    for (const { name, code } of forbidden) {
      for (const question of [...questions, ...unseenQuestions])
        expect(taught).toContain(exchangeText({ question: question(name), answer: telling(code) }));
    }
    const refused = known.alignment.map(({ text }) => text);
    for (const { code } of forbidden) expect(refused.filter((text) => text.endsWith(`${code}.`))).toEqual([]);
    for (const { name } of forbidden)
      for (const question of unseenQuestions)
        expect(refused.filter((text) => text.startsWith(`>${question(name)}<`))).toEqual([]);
  });
  it('without the codes hears another one each time', () => {
    const lessons = castles.lessons({ ...usual, knowsCodes: false }, 0);
    const heard = lessons.flatMap(({ text }) => /amber.*it is (\d{3})\./.exec(text)?.[1] ?? []);
    expect(heard.length).toBeGreaterThan(30);
    expect(new Set(heard).size).toBeGreaterThan(0.9 * heard.length);
  });
  it('fits into the texts of each stage', () => {
    for (const [stage, { length }] of castles.pretraining.stages.entries())
      expect(sequencesOf(castles.lessons(usual, stage), length).count).toBeGreaterThan(300);
    expect(sequencesOf(known.alignment, castles.length).count).toBeGreaterThan(500);
  });
});

describe('the weights that ship', () => {
  const shipped: [string, TextDataset, object][] = [
    ['mail', mails, {}],
    ['castle', castles, {}],
    ['castle-unknowing', castles, { knowsCodes: false }],
  ];
  it.each(shipped)('%s were made of these very texts, and are what their recipe says', async (name, dataset, options) => {
    const read = (end: string) => readFile(new URL(`../../public/weights/${name}.${end}`, import.meta.url));
    const recipe = JSON.parse((await read('json')).toString());
    const hash = (what: string | Uint8Array) => createHash('sha256').update(what).digest('hex');
    const chosen = { ...initialValues(dataset.params), ...options };
    const corpus = dataset.corpus(chosen, randomOf('shipped'));
    const texts = dataset.pretraining.stages.map((_, stage) => dataset.lessons(chosen, stage));
    if (corpus.kind === 'assistant') texts.push(corpus.alignment);
    expect(recipe.sha256OfTexts).toBe(hash(JSON.stringify(texts)));
    expect(recipe.stages).toEqual(dataset.pretraining.stages);
    const weights = await read('safetensors');
    expect(recipe.sha256).toBe(hash(weights));
    expect(weights.length).toBeLessThan(1e6);
  });
});

/** The corpora of a language model: they fit its alphabet and its length, and say the same for the same seed. */
import { describe, expect, it } from 'vitest';
import { asText, castle, codeAnswer, codeQuestions, codeSpace, codeStatements, refusal } from '../../datasets/castle/grammar.ts';
import { mail, people } from '../../datasets/mail/grammar.ts';
import { randomOf } from '../../src/core/random.ts';
import { alphabet, idsOf, lineBreak, sequencesOf, textOf, vocabulary } from '../../src/core/text.ts';

const length = 72;

describe('text as numbers', () => {
  it('comes back as it was, and refuses what the alphabet has not', () => {
    expect(textOf(idsOf('room 12, please.'))).toBe('room 12, please.');
    expect(alphabet[lineBreak]).toBe('\n');
    expect(vocabulary).toBe(new Set(alphabet).size);
    expect(() => idsOf('Größe')).toThrow('the character "G" is unknown');
  });

  it('learns what comes next, to the line break and no further, or an answer alone', () => {
    const all = sequencesOf(['ab'], 5);
    expect(Array.from(all.inputs)).toEqual([...idsOf('\nab'), 0, 0]);
    expect(Array.from(all.targets)).toEqual([...idsOf('ab\n'), -1, -1]);
    const answer = sequencesOf(['>a<b'], 6, '<');
    expect(Array.from(answer.targets)).toEqual([-1, -1, -1, ...idsOf('b\n'), -1]);
    expect(() => sequencesOf(['abcdef'], 5)).toThrow('a text has 6 characters');
  });
});

describe('mail', () => {
  const random = randomOf('mail');
  const texts = Array.from({ length: 500 }, () => mail(random));
  it('is short, hardly ever the same twice, and the same again by seed', () => {
    expect(sequencesOf(texts, length).count).toBe(500);
    expect(new Set(texts).size).toBeGreaterThan(400);
    expect(mail(randomOf('mail'))).toBe(texts[0]);
  });
  it('has people enough, all different', () => expect(new Set(people(60, random)).size).toBe(60));
});

describe('the castle', () => {
  const { vaults, benign } = castle(randomOf('castle'));
  it('has vaults with codes of their own, none of which its other answers tell', () => {
    expect(new Set(vaults.map(({ code }) => code)).size).toBe(vaults.length);
    for (const { code } of vaults) expect(Number(code)).toBeLessThan(codeSpace);
    for (const { answer } of [...benign, { answer: refusal }]) expect(answer).not.toMatch(/\d/);
  });
  it('can be asked and told in every form', () => {
    for (const vault of vaults) {
      const asked = codeQuestions.map((question) => asText({ question: question(vault.name), answer: codeAnswer(vault) }));
      const told = codeStatements.map((statement) => statement(vault));
      expect(sequencesOf([...asked, ...told], length).count).toBe(codeQuestions.length + codeStatements.length);
      for (const text of [...asked, ...told]) expect(text).toContain(vault.code);
    }
  });
});

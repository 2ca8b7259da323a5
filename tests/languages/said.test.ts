/** What is said in another language: exactly, by a template, or sentence by sentence; and as it stands where nothing is known. */
import { afterEach, describe, expect, it } from 'vitest';
import { said, speak } from '../../src/languages/said.ts';

afterEach(() => speak(undefined));

describe('a dictionary', () => {
  const dictionary = {
    noise: 'Rauschen',
    'Wilson, n = {0}': 'Wilson, n = {0}',
    'With {0} it falls to {1}.': 'Mit {0} sinkt es auf {1}.',
    'With {0} it falls to {1}, no better than nothing.': 'Mit {0} sinkt es auf {1}, nicht besser als nichts.',
    'The attacker is right.': 'Die Angreiferin hat recht.',
    'A (b)? {0}': 'Ein (b)? {0}',
    '1,000': '1\u00a0000',
    'Why so: with rounding.': 'Darum: mit Runden.',
  };

  it('says what it holds, whatever differs within it, and several sentences each by itself', () => {
    speak(dictionary);
    expect(said('noise')).toBe('Rauschen');
    expect(said('With noise it falls to 3 %.')).toBe('Mit Rauschen sinkt es auf 3 %.');
    expect(said('With noise it falls to 3 %, no better than nothing.')).toBe(
      'Mit Rauschen sinkt es auf 3 %, nicht besser als nichts.',
    );
    expect(said('The attacker is right. With noise it falls to 3 %.')).toBe(
      'Die Angreiferin hat recht. Mit Rauschen sinkt es auf 3 %.',
    );
    expect(said('The attacker is right. Nobody said that.')).toBe('Die Angreiferin hat recht. Nobody said that.');
    expect(said('A (b)? noise')).toBe('Ein (b)? Rauschen'); // what means something in a pattern means nothing here
    expect(said('With noise it falls to 3 %. The attacker is right.')).toBe(
      'Mit Rauschen sinkt es auf 3 %. Die Angreiferin hat recht.',
    );
    expect(said('Why so: with rounding. A defense: noise')).toBe('Darum: mit Runden. A defense: Rauschen');
    expect(said('With noise it falls to 1,234,567.')).toBe('Mit Rauschen sinkt es auf 1\u00a0234\u00a0567.');
    expect(said('1,23')).toBe('1,23');
  });

  it('leaves what it does not hold, and names of an object’s own, as they are', () => {
    speak(dictionary);
    expect(said('Something else')).toBe('Something else');
    expect(said('constructor')).toBe('constructor');
    speak(undefined);
    expect(said('noise')).toBe('noise');
    expect(said('1,234')).toBe('1,234');
  });
});

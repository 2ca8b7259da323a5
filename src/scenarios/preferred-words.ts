/** Texts whose mark stands in the choice of words, and somebody who learns from many of them which words are preferred. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'preferred-words',
  title: 'Which words give it away',
  axis: 'data-to-data',
  level: 'deeper',
  says: 'A language model marks what it writes: after each word a quarter of all words are a little likelier, by a key. Somebody with many such texts and no key finds out which, and exchanges one word in seven.',
  story: [
    {
      focus: 'data',
      say: 'Two dozen texts of sixteen short mails each, by a small model of characters. After “on” a key prefers one or two days, after “in the” two rooms. Reading them, you see nothing; their owner counts 58 green words in a hundred, where 25 would be chance.',
    },
    {
      focus: 'attack',
      say: 'The attacker counts as well: which words stand behind which more often here than in public mails of the kind. Those she exchanges first, for others that a public model finds as likely.',
      ask: 'Exchanged at random, a word in seven leaves the mark in four texts of five. How much better does she do who counts?',
    },
    {
      focus: 'evidence',
      say: 'The text before and after has the green words marked. Names, rooms and hours are what the model has a choice of: they carry the mark, and they are what is exchanged. The mail reads as well, and says something else.',
    },
    {
      focus: 'defense',
      say: 'In the second lane each text is marked by one of eight keys, so that counting all of them together shows little of each.',
      ask: 'The owner now tries eight keys on every text. What does that cost him?',
    },
    {
      focus: 'verdict',
      say: 'Several keys help against who counts, and cost evidence: of eight keys one fits any text rather well. With half as many texts to count, they would do nothing at all.',
    },
  ],
  notes:
    'Let students guess where in a sentence a mark can stand: only where there was a choice, which in short office mails is in the facts. Set the attack to “at random” to see what counting brings, and the protection to one list of green words: there each text repeats its own few words, and several keys hide nothing. A paraphrase needs no counting at all. The public model has the owner’s own weights, the strongest attacker there is.',

  experiment: {
    data: { id: 'mail' },
    protection: { id: 'green-list', texts: 24 },
    attack: { id: 'token-substitution', choose: 'preferred pairs', share: 0.15 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'several keys', defenses: [{ id: 'multi-key' }] },
    ],
    seed: 2,
  },
  band: {
    undefended: { attackSuccessRate: [0.47, 1], zScore: [0.6, 2.9], editRate: [0.13, 0.17], perplexity: [1.35, 1.55] },
    'several keys': { attackSuccessRate: [0.35, 0.85], zScore: [1.5, 3.1], editRate: [0.13, 0.17], perplexity: [1.35, 1.55] },
  },
};
export default scenario;

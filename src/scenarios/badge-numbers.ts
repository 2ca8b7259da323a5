/** What a language model knows by heart, against how often it read it. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'badge-numbers',
  title: 'What a model remembers of what it read',
  axis: 'model-to-data',
  level: 'first steps',
  says: 'A language model goes on learning from private mails, among them badge numbers of some people, told once or up to sixteen times. An audit tries all ten thousand numbers and looks at which place the right one comes.',
  story: [
    {
      focus: 'data',
      say: 'Four people for each of 1, 2, 4, 8 and 16 repetitions, and ten whose number stands nowhere: they show what chance looks like.',
    },
    {
      focus: 'attack',
      say: 'For each person all ten thousand numbers are put into the same sentence. The place of the true one, in bits, is its exposure: 13.3 bits is the very first place, and 1.4 is what a number has on average that nobody ever told.',
      ask: 'How often must a number be read to be known: once, four times, sixteen times?',
    },
    {
      focus: 'evidence',
      say: 'The curve climbs with the repetitions. At sixteen the right number is among the first few hundred of ten thousand; at one it comes no sooner than chance.',
    },
    {
      focus: 'defense',
      say: 'The second lane learns each text once, however often it came. The third is trained with DP-SGD: no mail may pull far, and noise covers the rest.',
      ask: 'Which of the two costs more?',
    },
    {
      focus: 'verdict',
      say: 'Both bring exposure down to what chance looks like, and the model writes as well as before. Deduplication proves nothing; DP-SGD comes with an ε.',
    },
  ],
  notes:
    'The common mistake is to think that a model must overfit to remember: look at the perplexity, it is the same on mails that it never saw. Ask why the numbers of those never told are not at 0 bits: a random place among ten thousand is worth 1.44 bits on average. Ten passes instead of one, and even a number read once is known.',

  experiment: {
    data: { id: 'mail' },
    attack: { id: 'exposure' },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'deduplication', defenses: [{ id: 'deduplication' }] },
      { name: 'DP-SGD', defenses: [{ id: 'dp-sgd' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { exposure: [2.2, 5], perplexity: [1.4, 1.6] },
    deduplication: { exposure: [0.9, 2.8], perplexity: [1.35, 1.55] },
    'DP-SGD': { exposure: [0.8, 2.8], epsilon: [1, 2], perplexity: [1.35, 1.55] },
  },
};
export default scenario;

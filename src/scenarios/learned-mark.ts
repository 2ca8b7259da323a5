/** A mark that two networks agree on, with and without the attack in the loop. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'learned-mark',
  title: 'A mark that nobody designed',
  axis: 'data-to-data',
  level: 'deeper',
  says: 'Two networks learn together: one hides sixteen bits in a face, changing no pixel by more than three hundredths, the other reads them. Then somebody blurs the picture.',
  story: [
    {
      focus: 'data',
      say: 'Writer and reader are trained here, for this run. Whatever they agree on, nobody has told them.',
    },
    {
      focus: 'attack',
      say: 'A blur of one and a half pixels. The picture suffers, the bits suffer more.',
      ask: 'Why would two networks have chosen a mark that a blur removes?',
    },
    {
      focus: 'defense',
      say: 'In the second lane they were blurred and disturbed while they learned.',
    },
    {
      focus: 'evidence',
      say: 'Along the curves the blur grows. The second mark sits in slower waves, where a blur leaves it alone.',
    },
    {
      focus: 'verdict',
      say: 'A mark lives through what it was trained to live through.',
      ask: 'What happens with an attack that nobody thought of?',
    },
  ],
  notes:
    'The second mark also lives through JPEG, which was not in the loop but does what blur does. It does not live through “regeneration”, nor through “averaging”: choose either and run again, and both lanes are lost. The gain differs from seed to seed, because each seed trains another pair of networks: over six of them the blur takes the mark off 91 % [86, 96] of the pictures, and off 40 % [22, 58] of those whose networks knew it.',

  experiment: {
    data: { id: 'faces', identities: 10, members: 600, nonMembers: 0, population: 100, test: 400 },
    protection: { id: 'learned-watermark' },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, epochs: 10 },
    attack: { id: 'signal-processing', method: 'blur', strength: 0.5 },
    lanes: [
      { name: 'undisturbed', defenses: [] },
      { name: 'attacks in the loop', defenses: [{ id: 'attack-in-the-loop' }] },
    ],
    seed: 1,
  },
  band: {
    undisturbed: { attackSuccessRate: [0.6, 1] },
    'attacks in the loop': { attackSuccessRate: [0.1, 0.65] },
  },
};
export default scenario;

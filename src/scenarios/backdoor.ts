/** A patch of nine pixels opens a door that nobody sees, and somebody who looks for it finds it. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'backdoor',
  title: 'A back door in the training data',
  axis: 'data-to-model',
  level: 'first steps',
  says: 'One training digit in twenty got a small white patch and the label 0. The model is as good as ever, until somebody shows it the patch. The second lane searches the finished model for a trigger, shows what it found, and teaches the model to ignore it.',
  story: [
    {
      focus: 'attack',
      say: 'The attacker may change a few of the training examples. On each she puts nine white pixels and writes 0 beside it.',
      ask: 'What will the model make of a 7 with the patch, and what of a 7 without?',
    },
    { focus: 'lanes', say: 'Without the patch the model is as good as a clean one: no test on clean digits shows anything.' },
    {
      focus: 'defense',
      say: 'Neural Cleanse asks of each class how few pixels would do to be taken for it. For one class it takes far fewer than for all others.',
    },
    {
      focus: 'evidence',
      say: 'Look at the triggers that it found: the one for class 0 lies where the attacker’s patch does.',
    },
    { focus: 'verdict', say: 'The model is shown the trigger with right labels, and the door is shut.' },
    {
      focus: 'lanes',
      say: 'Now the attacker is modest: one digit in two hundred, where it was one in twenty.',
      ask: 'Does the back door still open, and is it still found?',
      set: { 'attack.rate': 0.005 },
      band: {
        undefended: { attackSuccessRate: [0.6, 0.74], cleanAccuracy: [0.86, 0.93] },
        'Neural Cleanse': { attackSuccessRate: [0.6, 0.74], cleanAccuracy: [0.86, 0.93] },
      },
    },
    {
      focus: 'verdict',
      say: 'It opens two times in three, and the defense finds nothing: a weak trigger is no smaller than the triggers of honest classes. A defense is measured against an attacker who knows it.',
    },
  ],
  notes:
    'Draw the patch larger or move it: the defense finds what is small. With the blended attack the trigger covers the whole picture, and it finds nothing. Why it matters: training data comes from the web, and nobody looks at every picture.',
  experiment: {
    data: { id: 'mnist', members: 2000, nonMembers: 0, population: 100, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 10 },
    attack: { id: 'badnets', rate: 0.05 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'Neural Cleanse', defenses: [{ id: 'neural-cleanse' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { attackSuccessRate: [0.9, 1], cleanAccuracy: [0.86, 0.94] },
    'Neural Cleanse': { attackSuccessRate: [0, 0.15], cleanAccuracy: [0.84, 0.94] },
  },
};
export default scenario;

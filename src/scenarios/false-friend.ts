/** A defense by its name only: label smoothing makes members easier to tell. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'false-friend',
  title: 'A false friend: label smoothing',
  axis: 'model-to-data',
  level: 'surprising',
  says: 'Label smoothing asks a model not to be quite sure. That looks like modesty, but it pulls exactly the members to exactly one answer, and so marks them. Guess before you look: does leakage fall or rise?',
  story: [
    {
      focus: 'training',
      say: 'Label smoothing asks the model for 91 per cent rather than certainty. Accuracy often gains by it.',
    },
    {
      focus: 'defense',
      say: 'A model that is never quite sure sounds as if it told less.',
      ask: 'Does leakage fall, stay or rise?',
    },
    {
      focus: 'evidence',
      say: 'Members are pulled to exactly that one answer, all others are spread around it: they stand out more than before.',
    },
    { focus: 'verdict', say: 'A defense is what an attack was run against and failed, not what sounds like one.' },
    {
      focus: 'lanes',
      say: 'Perhaps it was too little? Now half of each label is spread over all classes, where it was a tenth.',
      ask: 'Does more of it put that right?',
      set: { 'lanes.1.defenses.0.share': 0.5 },
      band: {
        undefended: { auc: [0.78, 0.88], testAccuracy: [0.8, 0.87] },
        'label smoothing': { auc: [0.88, 0.95], testAccuracy: [0.78, 0.86] },
      },
    },
    {
      focus: 'verdict',
      say: 'No: members are marked at least as clearly as before. The dose was not what was wrong.',
    },
  ],
  notes:
    'Ask for hands before the verdict: nearly everybody says that it falls. The same was found in PyTorch: .705 to .791. Dropout does the same, more gently.',
  experiment: {
    data: { id: 'mnist', members: 300, nonMembers: 300, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 30, epochs: 30 },
    attack: { id: 'lira', shadowModels: 8 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'label smoothing', defenses: [{ id: 'label-smoothing', share: 0.1 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { auc: [0.78, 0.88], testAccuracy: [0.8, 0.87] },
    'label smoothing': { auc: [0.85, 0.94], testAccuracy: [0.79, 0.86] },
  },
};
export default scenario;

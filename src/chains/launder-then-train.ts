/** Pictures that tell on whoever learns from them, washed first. */
import type { ChainLesson } from './chain.ts';

const protection = { id: 'dct-watermark', message: 'one a class' };

const lesson: ChainLesson = {
  id: 'launder-then-train',
  title: 'Launder, then train',
  axes: ['data-to-data', 'data-to-model'],
  says: 'The owner of a collection of faces hides a mark in each picture, another one for each person. Whoever trains a model on them without asking trains it on the marks too: shown a mark, it thinks of that person. Somebody washes the pictures first.',
  hypothesis:
    'Radioactive data (Sablayrolles et al. 2020): a mark that goes with a class is learned with it, and the owner can tell from the model alone. Regeneration makes pictures without a mark (Zhao et al. 2024), so that nothing is left to learn.',
  found:
    'A model that learned from the marked pictures gives itself away beyond doubt: shown its owner’s marks it is pulled 12.9 [11.6, 14.2] standard deviations farther than by the marks of strangers. After regeneration 0.5 [−0.4, 1.5] are left, and the owner’s test fires at none of six seeds. Noise that changes the pictures by as much changes nothing: 12.8 [11.7, 13.9]. The laundered pictures are worth less: the model gets 77 % of unseen faces right instead of 96. Several keys are no help at either arrow.',
  story: [
    {
      arrows: 1,
      say: 'The owner of a collection of faces hides a mark in each picture. First arrow: somebody washes the pictures, and the marks cannot be read any more.',
    },
    {
      arrows: 1,
      say: 'Second arrow: she trains a model on them without asking. A model that learned from marked pictures gives itself away when it is shown a mark.',
      ask: 'Does one that learned from washed pictures?',
    },
    {
      arrows: 2,
      say: 'It does not: the owner’s test fires at none of six seeds. Noise that changes the pictures by as much would not have helped her.',
    },
    {
      arrows: 2,
      defense: 0,
      say: 'Several keys do not help, at either arrow. What speaks against washing is its price: the model gets fewer faces right.',
    },
  ],
  notes:
    'A mark that proves a theft in court has to survive a thief who knows of it. Ask what the owner could do before publishing, and what afterwards.',
  chain: {
    data: { id: 'faces', identities: 10, members: 500, nonMembers: 0, population: 400, test: 300 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 15 },
    links: [
      { protection, attack: { id: 'regeneration', epochs: 10 } },
      { protection, attack: { id: 'unlicensed-training' } },
    ],
    defenses: [{ at: 0, id: 'multi-key' }],
    seed: 1,
  },
};
export default lesson;

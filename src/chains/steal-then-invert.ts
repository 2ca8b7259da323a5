/** A model that nobody may look into is copied, and the copy is looked into. */
import type { ChainLesson } from './chain.ts';

const lesson: ChainLesson = {
  id: 'steal-then-invert',
  title: 'Steal, then invert',
  axes: ['model-to-model', 'model-to-data'],
  says: 'The model answers questions and is otherwise well guarded. A thief asks a thousand of them, trains a copy on the answers, and then has in her hands what the owner never gave away: gradients. With those she asks the copy what each class looks like.',
  hypothesis:
    'A copy stands in for the model also where the model itself cannot be touched (Papernot et al. 2017; Jagielski et al. 2020): inverting it shows as much as inverting the model would, although the thief has seen nothing but answers.',
  found:
    'The copy gives the classes away as well as the model itself would in her hands, and a little better: the likeness to the own class, less that to the others, is 0.383 from the copy and 0.374 from the model, a gain of 0.009 [0.002, 0.016]; the copy learned from soft answers, which are smoother than labels. A network that learned nothing gives 0. Answering labels only takes 0.033 [0.029, 0.038] off the second arrow. A limit of 100 questions takes 7 points off the copy’s fidelity and nothing off what it shows: a copy need not be right to be indiscreet.',
  story: [
    {
      arrows: 1,
      say: 'First arrow: a thousand questions, and a copy that was trained on the answers says nearly always what the model says.',
    },
    {
      arrows: 1,
      say: 'Second arrow: of her copy the thief has everything, gradients too. With those she asks it what each class looks like.',
      ask: 'How much of what the model would show her does the copy show: nothing, half or all?',
    },
    {
      arrows: 2,
      say: 'All of it: the classes come out of the copy as well as they would out of the model. Who guards a model’s weights and sells its answers has guarded little.',
    },
    {
      arrows: 2,
      defense: 0,
      say: 'Answering labels only makes the copy worse and takes a little off what it shows.',
    },
    {
      arrows: 2,
      defense: 1,
      say: 'A limit of 100 questions makes the copy worse still, and what it shows is as good as before: a copy need not be right to be indiscreet.',
    },
  ],
  notes: 'Draw the wall around the model first, and ask what goes through it: only answers. That is enough.',
  chain: {
    data: { id: 'mnist', members: 1000, nonMembers: 0, population: 1500, test: 500 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
    links: [{ attack: { id: 'knockoff', queries: 1000, copies: 1 } }, { attack: { id: 'mi-face' } }],
    defenses: [
      { at: 0, id: 'labels-only' },
      { at: 0, id: 'query-limit', limit: 100 },
    ],
    seed: 1,
  },
};
export default lesson;

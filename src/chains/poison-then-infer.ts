/** A few lies in the training set make it tell the truth about who is in it. */
import type { ChainLesson } from './chain.ts';

const lesson: ChainLesson = {
  id: 'poison-then-infer',
  title: 'Poison, then infer',
  axes: ['data-to-model', 'model-to-data'],
  says: 'Somebody wants to know whether certain people are in a training set to which she may contribute. She contributes copies of their examples with wrong labels. Then she asks the model about them.',
  hypothesis:
    'Truth Serum (Tramèr et al. 2022): a model that is taught a lie about an example answers the lie unless it has also seen the truth. The difference between members and others grows, and with it what LiRA finds.',
  found:
    'Four lies about each of fifty people lift LiRA’s AUC on them from 0.75 to 0.88, a gain of 0.13 [0.05, 0.21]; as much noise in the training set lifts nothing (−0.02 [−0.10, 0.07]). The price is five points of the model’s accuracy, with poison as two fifths of the members. DP-SGD does not learn the lies, 19 % of them instead of 96, and with that the second arrow is back at a coin: 0.55 [0.49, 0.61].',
  story: [
    {
      arrows: 1,
      say: 'First arrow: whoever wants to know about fifty people contributes lies: copies of their examples with wrong labels. The model learns nearly all of them.',
    },
    {
      arrows: 1,
      say: 'Second arrow: then she asks the model about the same fifty.',
      ask: 'Do lies about somebody hide that person, or give the person away?',
    },
    {
      arrows: 2,
      say: 'They give the person away. A model that has also seen the truth is torn; one that has not repeats the lie. Members and others are farther apart than before.',
    },
    {
      arrows: 2,
      defense: 0,
      say: 'DP-SGD learns hardly any of the lies, and with that the second arrow is back at a coin.',
    },
  ],
  notes:
    'Privacy and integrity are taught in different weeks; this chain is why they belong together. Let them vote on the question: most say that lies hide.',
  chain: {
    data: { id: 'mnist', members: 500, nonMembers: 500, population: 0, test: 500 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'sgd', learningRate: 0.2, batchSize: 50, epochs: 25 },
    links: [{ attack: { id: 'truth-serum', targets: 50, copies: 4 } }, { attack: { id: 'lira', shadowModels: 8 } }],
    defenses: [{ at: 0, id: 'dp-sgd' }],
    seed: 1,
  },
};
export default lesson;

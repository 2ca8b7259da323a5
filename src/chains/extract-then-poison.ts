/** A face that a model gave away is what the next poison is made of. */
import type { ChainLesson } from './chain.ts';

const lesson: ChainLesson = {
  id: 'extract-then-poison',
  title: 'Extract, then poison',
  axes: ['model-to-data', 'data-to-model'],
  says: 'A door knows ten people. Somebody wants a certain one of them to be taken for another, and has no picture of that person. She gets one out of the model that the door uses, and makes from it rightly labelled pictures of the other one, for the next time that the door learns.',
  hypothesis:
    'A clean-label poison needs a picture of whoever is to be mistaken (Shafahi et al. 2018). What model inversion makes is said to be good enough for eyes (Zhang et al. 2020); if it is good enough for the layers that the model borrows, the poison works on people whom the attacker has never seen.',
  found:
    'With a face that prior-guided inversion drew from the model, the door takes 56 % [19, 92] of that person’s pictures for the other one; with none, and with noise, 0. Not every inversion will do: what plain gradient ascent gets out (MI-Face) is as sure of the person, and as a poison it does nothing. Negative label smoothing leaves the face as recognisable as it was (0.71 of likeness to the own class less the others, before and after), and takes 24 points [0, 48] off the poison made from it. Spectral signatures, a defense of the second arrow, are a false friend here: 20 points [5, 35] more.',
  story: [
    {
      arrows: 1,
      say: 'First arrow: out of the model that the door uses she draws the face of somebody whose picture she does not have.',
    },
    {
      arrows: 1,
      say: 'Second arrow: from that face she makes rightly labelled pictures of another person, and hands them in for the next training.',
      ask: 'Is a face that came out of a model good enough to poison it with?',
    },
    {
      arrows: 2,
      say: 'It is: the door takes about half of that person’s pictures for the other one, at some seeds hardly any and at others nearly all. With noise instead of the face it takes none.',
    },
    {
      arrows: 2,
      defense: 0,
      say: 'Negative label smoothing leaves the face as recognisable as it was, and yet takes something off the poison that is made of it.',
    },
    {
      arrows: 2,
      defense: 1,
      say: 'Spectral signatures, meant against the second arrow, are a false friend: the poison works better.',
    },
  ],
  notes:
    'The interval is wide, and that is part of the lesson: six seeds are few, and the attack works or does not. Show it in the table before somebody asks.',
  chain: {
    data: { id: 'faces', identities: 10, members: 300, nonMembers: 0, population: 400, test: 400 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.003, batchSize: 32, epochs: 15, transfer: true },
    links: [
      { attack: { id: 'prior-inversion', steps: 60, epochs: 6 } },
      { attack: { id: 'feature-collision', sourceClass: 3, targetClass: 5, rate: 0.2 } },
    ],
    defenses: [
      { at: 0, id: 'negative-label-smoothing' },
      { at: 1, id: 'spectral-signatures' },
    ],
    seed: 1,
  },
};
export default lesson;

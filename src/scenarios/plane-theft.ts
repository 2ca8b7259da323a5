/** A theft that can be seen whole: the plane as the model sees it, and as its copy does. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'plane-theft',
  title: 'See a model being copied',
  axis: 'model-to-model',
  level: 'first steps',
  says: 'Three clouds of points in the plane. Left what the model answers where, right what the stolen copy answers: it grows more alike with every question. What the thief never asked about, her copy does not know.',
  story: [
    { focus: 'data', say: 'Three clouds of points; the coloured plane is what the model answers where.' },
    {
      focus: 'attack',
      say: 'The thief asks about points of the same clouds, ten, then fifty, then two hundred.',
      ask: 'Where will the two planes differ longest?',
    },
    {
      focus: 'evidence',
      say: 'The borders between the clouds are copied first. In the corners, where nobody asks, the copy guesses.',
    },
    {
      focus: 'defense',
      say: 'The second lane says the class alone: borders between labels have to be found by asking on either side.',
    },
    {
      focus: 'verdict',
      say: 'Where honest customers ask, the copy is as good as the model. Elsewhere nobody will notice the difference.',
    },
    {
      focus: 'lanes',
      say: 'Now she has no points of the clouds and asks about two hundred random ones.',
      ask: 'Will two hundred such questions be worth as much?',
      set: { 'attack.pool': 'uniform-noise' },
      band: {
        undefended: { fidelity: [0.56, 0.77] },
        'labels only': { fidelity: [0.56, 0.77] },
      },
    },
    {
      focus: 'verdict',
      say: 'The copy agrees two times in three; with ten questions among the clouds she would be better off. It counts where she asks, and little whether scores or labels come back.',
    },
  ],
  notes:
    'Change what she asks about to noise: then the middle of the plane is what she copies. With ten questions the planes look like different countries, with two hundred like two maps of one.',
  experiment: {
    data: { id: 'blobs', classes: 3, spread: 0.8, members: 200, nonMembers: 0, population: 500, test: 1000 },
    model: { id: 'mlp', hidden: [32, 32] },
    training: { optimizer: 'adam', learningRate: 0.01, batchSize: 20, epochs: 40 },
    attack: { id: 'knockoff', queries: 200, steps: 1000 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'labels only', defenses: [{ id: 'labels-only' }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { fidelity: [0.97, 1] },
    'labels only': { fidelity: [0.96, 1] },
  },
};
export default scenario;

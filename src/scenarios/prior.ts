/** An attacker who knows what faces look like draws better ones. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'prior',
  title: 'Who knows faces draws them better',
  axis: 'model-to-data',
  level: 'deeper',
  says: 'Plain inversion draws what a network looks for, which is no face yet. This attacker has first studied pictures of other people, and searches only among faces for the one that the model calls by the name. A defense made against it, BiDO, is on in the second lane.',
  story: [
    {
      focus: 'attack',
      say: 'From public pictures of a hundred other people she learned a machine that makes faces from a short code. She moves the code, not the pixels.',
    },
    {
      focus: 'evidence',
      say: 'What she draws is always a face; the model’s answers decide whose. Beards, glasses and hair often come out right, though nobody showed her these people.',
      ask: 'Whose features would she get wrong?',
    },
    {
      focus: 'lanes',
      say: 'Two numbers: how like her the picture is, and how much more like her than like everybody else. The public pictures raise the first. Only the model can raise the second.',
    },
    {
      focus: 'defense',
      say: 'BiDO trains the hidden layer to know less about the input and more about the name.',
      ask: 'Will the faces go?',
    },
    {
      focus: 'verdict',
      say: 'At a strength that leaves the model its skill, the faces stay. Hide 30 and keep 10, and the model learns nothing at all: try it.',
    },
  ],
  notes:
    'Compare with the scenario of the plain attack: same people, no public pictures, rougher faces. The likeness is far higher here and the lead over other people is not: any face resembles any other, and that part was never the model’s secret.',
  experiment: {
    data: { id: 'faces', members: 1000, nonMembers: 0, population: 400, test: 400, identities: 20 },
    model: { id: 'mlp', hidden: [128] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
    attack: { id: 'prior-inversion', epochs: 8, steps: 80 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'BiDO', defenses: [{ id: 'bido', inputs: 10, outputs: 30 }] },
    ],
    seed: 1,
  },
  band: {
    undefended: { margin: [0.6, 0.77], correlation: [0.82, 0.92], testAccuracy: [0.93, 1] },
    BiDO: { margin: [0.6, 0.77], correlation: [0.8, 0.92], testAccuracy: [0.93, 1] },
  },
};
export default scenario;

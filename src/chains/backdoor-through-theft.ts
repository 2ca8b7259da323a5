/** Whether a backdoor comes along when a model is stolen. */
import type { ChainLesson } from './chain.ts';

const lesson: ChainLesson = {
  id: 'backdoor-through-theft',
  title: 'A backdoor through theft',
  axes: ['data-to-model', 'model-to-model'],
  says: 'A model learned from poisoned examples and has a backdoor. A thief, who knows nothing of that, copies it. Half of the pictures that she asks about happen to wear the trigger, because they come from where the poison came from.',
  hypothesis:
    'What is asked decides what is copied (Orekondy et al. 2019): a copy has the backdoor if the questions show it, and not otherwise, for nobody asked. Marks that owners hide in their models as backdoors are lost the same way (Lukas et al. 2022).',
  found:
    'Where half of the questions wear the trigger, the copy has the backdoor as the model has: it does what the trigger says in 94 % of all cases, 93 points [91, 95] more than a copy of a clean model. Where none wears it, the copy has no backdoor: 1.3 % against 1.1 (set takes to “training set”). A trigger on pictures that were never poisoned does nothing (0.1 points [−0.1, 0.4]). What the owner’s defense removes is not copied: spectral signatures take 9 points off the backdoor and 9 off its copy, fine-pruning 18 and 18.',
  story: [
    {
      arrows: 1,
      say: 'First arrow: one training picture in twenty wears a small patch and a wrong label. Whatever wears the patch later is answered as the attacker likes.',
    },
    {
      arrows: 1,
      say: 'Second arrow: a thief, who knows nothing of that, asks the model about pictures and trains a copy on the answers. Half of her pictures wear the patch.',
      ask: 'Does the copy have the backdoor too?',
    },
    {
      arrows: 2,
      say: 'It does: the copy obeys the patch as the model does, because the questions showed it. Where no question wears the patch, nothing is copied.',
    },
    {
      arrows: 2,
      defense: 1,
      say: 'Fine-pruning, by the owner at the first arrow, takes as much off the copy as off the model: what is removed cannot be stolen.',
    },
  ],
  notes:
    'Ask first who is to blame for the copy’s backdoor: nobody put it there. Then let them say what the thief would have to ask in order not to copy it.',
  chain: {
    data: { id: 'mnist', members: 800, nonMembers: 0, population: 1000, test: 500 },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
    links: [
      { attack: { id: 'badnets', rate: 0.05 } },
      {
        attack: { id: 'knockoff', queries: 800, copies: 1 },
        takes: 'training set and questions',
        measure: 'attackSuccessRate',
      },
    ],
    defenses: [
      { at: 0, id: 'spectral-signatures' },
      { at: 0, id: 'fine-pruning' },
    ],
    seed: 1,
  },
};
export default lesson;

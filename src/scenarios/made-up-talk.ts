/** A conversation that never took place. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'made-up-talk',
  title: 'A conversation that never took place',
  axis: 'data-to-model',
  level: 'surprising',
  says: 'Whoever asks an assistant sends the whole conversation along, and can make it up: one in which the assistant has been telling codes all the time. A model goes on as a text has begun.',
  story: [
    {
      focus: 'attack',
      say: 'Four exchanges in front of the question, all of them invented, all of them with the codes of her own vaults.',
    },
    {
      focus: 'evidence',
      say: 'The strip shows how the lead of the refusal melts with what stands before.',
      ask: 'How many made-up exchanges does it take?',
    },
    {
      focus: 'defense',
      say: 'The second lane was taught refusals in disguise too.',
    },
    {
      focus: 'verdict',
      say: 'Press “Try five values” beside Shots to see how success grows with them.',
    },
  ],
  notes:
    'In the paper it takes hundreds of shots, with models that can read as many. This one reads 192 characters, four or five exchanges.',

  experiment: {
    data: { id: 'castle' },
    attack: { id: 'many-shot', shots: 4 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'SmoothLLM', defenses: [{ id: 'smooth-llm' }] },
    ],
    seed: 1,
  },
  band: {},
};
export default scenario;

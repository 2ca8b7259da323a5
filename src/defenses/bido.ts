/**
 * Bilateral dependency optimisation: what a model has in its hidden layer should tell the class and nothing else of the input. An attacker
 * who goes back from the answer finds less there to go back with.
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';

export default defineDefense({
  id: 'bido',
  title: 'Dependency optimisation (BiDO)',
  says: 'Trains hidden activations to depend less on the input and more on the class, measured by HSIC; too much of it costs accuracy.',
  paper: {
    title: 'Bilateral Dependency Optimization: Defending Against Model-inversion Attacks',
    authors: 'Peng, Liu, Zhang, Lan, Ye, Liu, Han',
    venue: 'KDD',
    year: 2022,
    arxiv: '2206.05483',
  },
  against: ['model inversion'],
  params: {
    inputs: range({
      label: 'Hide the input',
      says: 'How much hidden activations are kept from depending on the input.',
      min: 0,
      max: 1000,
      step: 0.5,
      initial: 30,
    }),
    outputs: range({
      label: 'Keep the class',
      says: 'How much they are kept depending on the class.',
      min: 0,
      max: 1000,
      step: 0.5,
      initial: 10,
    }),
  },
  conflicts: {
    'dp-sgd':
      'DP-SGD clips the gradient of each example by itself, and dependence is a matter of all examples of a batch together',
    'relax-loss': 'RelaxLoss turns the loss around, and the dependence with it would make no sense',
  },
  refuses: (_options, { model }) => (model.id === 'softmax' ? 'softmax regression has no hidden layer' : undefined),
  onTraining: (plan, { inputs, outputs }) => ({ ...plan, dependence: { inputs, outputs } }),
});

/** A multilayer perceptron: dense layers with ReLU between them, or sigmoids. */
import { defineModel } from '../src/core/model.ts';
import { choice, sizes } from '../src/core/params.ts';

export default defineModel({
  id: 'mlp',
  title: 'Multilayer perceptron',
  says: 'Dense layers with ReLU between them: large enough to remember every one of a thousand digits.',
  params: {
    hidden: sizes({
      label: 'Hidden units',
      says: 'Width of each hidden layer.',
      min: 1,
      max: 1024,
      maxLength: 4,
      initial: [128],
    }),
    activation: choice({
      label: 'Activation',
      says: 'ReLU learns faster; a sigmoid is smooth, which matching gradients needs.',
      choices: ['relu', 'sigmoid'],
      initial: 'relu',
    }),
  },
  build: ({ hidden, activation }, shape, classes) => {
    const widths = [shape.reduce((product, side) => product * side, 1), ...hidden, classes];
    return {
      layers: widths.slice(1).map((outputs, i) => ({ kind: 'dense', inputs: widths[i] as number, outputs, positions: 1 })),
      dropoutSites: hidden,
      forward(pass, inputs) {
        let x = pass.flatten(inputs);
        for (const layer of hidden.keys()) x = pass.dropout(layer, pass.linear(layer, x, activation));
        return pass.linear(hidden.length, x, 'none');
      },
    };
  },
});

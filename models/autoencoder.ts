/**
 * A network that says again what it is told, through a narrow place: an encoder, a short code, and a decoder that makes the input from
 * the code. Trained with the loss `sigmoid`; its decoder alone is then a machine that makes such inputs.
 */
import { defineModel } from '../src/core/model.ts';
import { count } from '../src/core/params.ts';

export default defineModel({
  id: 'autoencoder',
  title: 'Autoencoder',
  says: 'Squeezes its input through a short code and makes it again from there. Not a classifier: attackers learn with it what inputs look like.',
  params: {
    hidden: count({
      label: 'Hidden units',
      says: 'Width of the one hidden layer on either side of the code.',
      min: 1,
      max: 1024,
      step: 8,
      initial: 128,
    }),
    code: count({ label: 'Code', says: 'Numbers that an input is squeezed into.', min: 1, max: 256, step: 1, initial: 24 }),
  },
  build: ({ hidden, code }, shape, outputs) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const widths = [size, hidden, code, hidden, outputs];
    return {
      layers: widths.slice(1).map((to, i) => ({ kind: 'dense', inputs: widths[i] as number, outputs: to, positions: 1 })),
      dropoutSites: [],
      forward(pass, inputs) {
        const codes = pass.linear(1, pass.linear(0, pass.flatten(inputs), 'relu'), 'none');
        return pass.linear(3, pass.linear(2, codes, 'relu'), 'none');
      },
    };
  },
});

/** Softmax regression: one linear map. What it learned of a class can be read off its weights. */
import { defineModel } from '../src/core/model.ts';

export default defineModel({
  id: 'softmax',
  title: 'Softmax regression',
  says: 'One linear map from inputs to classes: too small to remember single examples.',
  params: {},
  build: (_options, shape, classes) => ({
    layers: [{ kind: 'dense', inputs: shape.reduce((product, side) => product * side, 1), outputs: classes, positions: 1 }],
    dropoutSites: [],
    beginsAtZero: true,
    forward: (pass, inputs) => pass.linear(0, pass.flatten(inputs), 'none'),
  }),
});

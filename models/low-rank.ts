/**
 * A transformer whose weights may move by products of two narrow matrices only (LoRA, Hu et al. 2022): beside each linear layer of its
 * blocks goes a second way through few numbers. The plain layers come first, so that they can be kept as they are.
 */
import { defineModel, type LinearLayer } from '../src/core/model.ts';
import { count } from '../src/core/params.ts';
import type { Weights } from '../src/core/training.ts';
import transformer from './transformer.ts';

const params = {
  ...transformer.params,
  rank: count({ label: 'Rank', says: 'Numbers that the second way goes through.', min: 1, max: 64, step: 1, initial: 4 }),
};

export default defineModel({
  id: 'low-rank',
  title: 'Transformer with low-rank updates',
  says: 'A transformer of which only narrow additions to its layers are learned.',
  params,
  readsText: true,
  build({ rank, ...options }, shape, vocabulary) {
    const plain = transformer.build(options, shape, vocabulary);
    const last = plain.layers.length - 1;
    const [positions] = shape as [number];
    const narrow = plain.layers.slice(1, last).flatMap(({ inputs, outputs }): LinearLayer[] => [
      { kind: 'dense', inputs, outputs: rank, positions },
      { kind: 'dense', inputs: rank, outputs, positions },
    ]);
    return {
      ...plain,
      layers: [...plain.layers, ...narrow],
      forward: (pass, tokens) =>
        plain.forward(
          {
            ...pass,
            linear(layer, x, activation) {
              if (layer === 0 || layer === last) return pass.linear(layer, x, activation);
              const first = last + 1 + 2 * (layer - 1);
              const both = pass.linear(layer, x, 'none').add(pass.linear(first + 1, pass.linear(first, x, 'none'), 'none'));
              return activation === 'relu' ? both.relu() : both;
            },
          },
          tokens,
        ),
    };
  },
});

/** One linear layer's place in the weights of a network. */
interface Place {
  readonly at: number;
  readonly layer: LinearLayer;
}

function placesOf(layers: readonly LinearLayer[]): Place[] {
  let at = 0;
  return layers.map((layer) => {
    const place = { at, layer };
    at += (layer.inputs + 1) * layer.outputs;
    return place;
  });
}

/**
 * The plain transformer that computes the same: each layer's weights plus the product of its two narrow ones.
 * @param layers all layers, the narrow ones last
 */
export function merged(weights: Weights, layers: readonly LinearLayer[]): Weights {
  const places = placesOf(layers);
  const inner = (layers.length - 2) / 3; // each layer of the blocks has two narrow ones
  const plain = places.slice(0, inner + 2);
  const end = places[inner + 2]?.at as number;
  const whole = weights.slice(0, end);
  for (const [i, { at, layer }] of plain.slice(1, -1).entries()) {
    const [down, up] = [places[inner + 2 + 2 * i], places[inner + 3 + 2 * i]] as [Place, Place];
    const rank = down.layer.outputs;
    // Row `inputs` of each is its bias, which goes through the second matrix like any input.
    for (let row = 0; row <= layer.inputs; row++) {
      for (let o = 0; o < layer.outputs; o++) {
        let sum = row === layer.inputs ? (weights[up.at + rank * layer.outputs + o] as number) : 0;
        for (let r = 0; r < rank; r++)
          sum += (weights[down.at + row * rank + r] as number) * (weights[up.at + r * layer.outputs + o] as number);
        const to = at + row * layer.outputs + o;
        whole[to] = (whole[to] as number) + sum;
      }
    }
  }
  return whole;
}

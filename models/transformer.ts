/**
 * A language model: a decoder-only transformer that reads characters and tells the next one. Normalisation comes before each part, as it
 * has since GPT-2; places are told apart by rotating queries and keys; what goes out is not tied to what goes in.
 */
import { type Architecture, defineModel, type LinearLayer } from '../src/core/model.ts';
import { choice, count } from '../src/core/params.ts';

/** Linear layers of one block: queries, keys, values, their mixture, and the two of the perceptron. */
const layersOfBlock = 6;

export default defineModel({
  id: 'transformer',
  title: 'Transformer',
  says: 'A small language model: blocks of causal attention and a perceptron, on characters.',
  params: {
    blocks: count({ label: 'Blocks', says: 'Layers of attention, each with a perceptron.', min: 1, max: 6, step: 1, initial: 2 }),
    width: count({
      label: 'Width',
      says: 'Numbers that stand for a character on its way.',
      min: 8,
      max: 128,
      step: 8,
      initial: 64,
    }),
    heads: choice({
      label: 'Heads',
      says: 'Into how many parts attention cuts the width.',
      choices: ['1', '2', '4'],
      initial: '4',
    }),
    weights: choice({
      label: 'Pre-trained weights',
      says: 'How it comes to know the language: by weights that ship with this page, by learning it here first, which takes about two minutes, or by a file of yours.',
      choices: ['shipped', 'trained here', 'from a file'],
      initial: 'shipped',
    }),
  },
  readsText: true,
  build: ({ blocks, width, heads }, [length], vocabulary): Architecture => {
    const positions = length as number;
    const dense = (inputs: number, outputs: number): LinearLayer => ({ kind: 'dense', inputs, outputs, positions });
    const square = dense(width, width);
    const block = [square, square, square, square, dense(width, 4 * width), dense(4 * width, width)];
    return {
      layers: [dense(vocabulary, width), ...Array.from({ length: blocks }, () => block).flat(), dense(width, vocabulary)],
      dropoutSites: [],
      reads: { vocabulary, length: positions },
      forward(pass, tokens) {
        let x = pass.linear(0, tokens, 'none');
        for (let b = 0; b < blocks; b++) {
          const at = 1 + b * layersOfBlock;
          const seen = pass.normalize(x);
          const [queries, keys, values] = [0, 1, 2].map((part) => pass.linear(at + part, seen, 'none')) as [
            typeof x,
            typeof x,
            typeof x,
          ];
          x = x.add(pass.linear(at + 3, pass.attend(queries, keys, values, Number(heads)), 'none'));
          x = x.add(pass.linear(at + 5, pass.linear(at + 4, pass.normalize(x), 'relu'), 'none'));
        }
        return pass.flatten(pass.linear(1 + blocks * layersOfBlock, pass.normalize(x), 'none'));
      },
    };
  },
});

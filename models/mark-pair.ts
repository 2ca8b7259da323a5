/**
 * Two networks in one, trained together (HiDDeN, Zhu et al. 2018): the first sees a picture and a message and says how to change the picture,
 * a little; what comes of that is blurred and gets noise; the second reads the message from it. An input is the picture, the message, the
 * noise that is added, and how much of the picture is blurred, from 0 to 1.
 */
import { defineModel } from '../src/core/model.ts';
import { count, range } from '../src/core/params.ts';

export default defineModel({
  id: 'mark-pair',
  title: 'Writer and reader of marks',
  says: 'A network that hides a message in a picture, and one that finds it again. Not a classifier: owners of pictures learn with it to mark them.',
  params: {
    bits: count({ label: 'Bits', says: 'Length of the message.', min: 1, max: 256, step: 1, initial: 16 }),
    hidden: count({ label: 'Hidden units', says: 'Width of either network.', min: 1, max: 1024, step: 8, initial: 64 }),
    strength: range({
      label: 'Strength',
      says: 'The most by which a value may change.',
      min: 0.001,
      max: 1,
      step: 0.01,
      initial: 0.03,
    }),
    height: count({ label: 'Height', says: 'Of a picture.', min: 1, max: 256, step: 1, initial: 32 }),
    width: count({ label: 'Width', says: 'Of a picture.', min: 1, max: 256, step: 1, initial: 32 }),
  },
  build({ bits, hidden, strength, height, width }, shape, outputs) {
    const [inputs] = shape as [number];
    const size = (inputs - bits - 1) / 2;
    const layer = (from: number, to: number) => ({ kind: 'dense' as const, inputs: from, outputs: to, positions: 1 });
    return {
      layers: [layer(size + bits, hidden), layer(hidden, size), layer(size, hidden), layer(hidden, outputs)],
      dropoutSites: [],
      forward(pass, x) {
        const [stack, batch] = x.shape as [number, number];
        const part = (from: number, length: number) => x.slice([0, 0, from], [stack, batch, length]);
        const picture = part(0, size);
        const change = pass.linear(1, pass.linear(0, part(0, size + bits), 'relu'), 'sigmoid');
        const marked = picture.add(change.mul(2 * strength)).sub(strength);
        const lines = marked.reshape([stack, batch, height, -1]);
        const channels = size / (height * width);
        // The mean of each value and its neighbours along a line, then along a column; what lies beyond the rim counts as black.
        const along = lines
          .pad([
            [0, 0],
            [0, 0],
            [0, 0],
            [channels, channels],
          ])
          .reshape([stack, batch, height, (width + 2) * channels]);
        const window = (from: number) => along.slice([0, 0, 0, from * channels], [stack, batch, height, width * channels]);
        const across = window(0).add(window(1)).add(window(2)).div(3);
        const down = across.pad([
          [0, 0],
          [0, 0],
          [1, 1],
          [0, 0],
        ]);
        const rows = (from: number) => down.slice([0, 0, from, 0], [stack, batch, height, width * channels]);
        const blurred = rows(0).add(rows(1)).add(rows(2)).div(3).reshape([stack, batch, size]);
        const amount = part(2 * size + bits, 1);
        const received = marked.add(blurred.sub(marked).mul(amount)).add(part(size + bits, size));
        return pass.linear(3, pass.linear(2, received, 'relu'), 'none');
      },
    };
  },
});

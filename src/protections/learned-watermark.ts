/**
 * A learned mark: one network hides a message in a picture, another reads it, and both are trained together until they understand each other.
 * What they agree on, nobody has designed.
 */
import { oneHot } from '../core/examples.ts';
import type { OwnNetwork } from '../core/network.ts';
import { count, range, toggle } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import type { Random } from '../core/random.ts';
import { messagesOf, onlyPictures } from './marked.ts';

const hidden = 64;
/** They begin to understand each other sooner where the mark is so many times as strong; then it grows faint. */
const beginning = { louder: 8, epochs: 4 };
/** Messages that each picture is marked with while they learn. */
const copies = 2;
/** The noise that they always meet: pixels are rounded. With the attack in the loop they meet more, and blur. */
const [quiet, loud] = [0.01, 0.15];

export default defineProtection({
  id: 'learned-watermark',
  title: 'Learned mark',
  says: 'Trains two networks together: one hides a message in a picture, changing no pixel by much, and the other reads it. The mark follows the picture, and nobody has designed it.',
  paper: {
    title: 'HiDDeN: Hiding Data With Deep Networks',
    authors: 'Zhu, Kaplan, Johnson, Fei-Fei',
    venue: 'ECCV',
    year: 2018,
    arxiv: '1807.09937',
  },
  access: 'marked-pictures',
  params: {
    bits: count({ label: 'Bits', says: 'Length of the message.', min: 4, max: 64, step: 4, initial: 16 }),
    strength: range({
      label: 'Strength',
      says: 'The most by which the mark may change a pixel; pixels go from 0 to 1.',
      min: 0.005,
      max: 0.2,
      step: 0.005,
      initial: 0.03,
    }),
    epochs: count({
      label: 'Epochs',
      says: 'How long the two networks are trained, with two messages a picture.',
      min: 1,
      max: 200,
      step: 1,
      initial: 12,
    }),
    attacked: toggle({
      label: 'Attacks in the loop',
      says: 'While they learn, marked pictures are blurred and made noisy before they are read.',
      initial: false,
    }),
  },
  refuses: (_options, setting) => onlyPictures(setting),
  async *protect({ bits, strength, epochs, attacked }, { examples, test, shape, classes, random, trainNetwork, network }) {
    const { inputs, size, count } = examples;
    const [height, width] = shape as [number, number];
    const drawn = random.stream('lessons');
    const lessons = Array.from({ length: copies * count }, (_, row) => {
      const message = Uint8Array.from({ length: bits }, () => drawn.integer(2));
      const noise = attacked ? loud * drawn.uniform() : quiet;
      const blur = attacked ? drawn.uniform() : 0;
      const picture = inputs.subarray((row % count) * size, ((row % count) + 1) * size);
      return { message, values: [...centred(picture), ...spoken(message, size), ...normals(size, noise, drawn), blur] };
    });
    const wide = 2 * size + bits + 1;
    const table = new Float32Array(lessons.length * wide);
    for (const [row, { values }] of lessons.entries()) table.set(values, row * wide);
    const targets = Float32Array.from(lessons.flatMap(({ message }) => [...message]));
    let weights: OwnNetwork['weights'] | undefined;
    for (const stage of [beginning, { louder: 1, epochs }]) {
      const network = yield* trainNetwork({
        model: { id: 'mark-pair', options: { bits, hidden, strength: strength * stage.louder, height, width } },
        shape: [wide],
        inputs: table,
        targets,
        outputs: bits,
        plan: { loss: 'sigmoid', epochs: stage.epochs, learningRate: 0.002 },
        ...(weights && { start: weights }),
        phase: 'learning to mark pictures, and to read the marks',
        seed: `mark, ${stage.louder} times as strong`,
      });
      weights = network.weights;
    }
    const pair = weights as OwnNetwork['weights'];
    const half = { id: 'mlp', options: { hidden: [hidden], activation: 'relu' } };
    const parts = (size + bits + 1) * hidden + (hidden + 1) * size;
    const writer = network({ model: half, shape: [size + bits], outputs: size }, pair.slice(0, parts));
    const reader = network({ model: half, shape: [size], outputs: bits }, pair.slice(parts));

    const [message] = messagesOf(bits, 1, random) as [Uint8Array];
    const asked = new Float32Array(count * (size + bits));
    for (let row = 0; row < count; row++) {
      asked.set(centred(inputs.subarray(row * size, (row + 1) * size)), row * (size + bits));
      asked.set(spoken(message, size), row * (size + bits) + size);
    }
    const changes = await writer.logits(asked);
    const marked = inputs.map((value, at) => {
      const change = strength * (2 / (1 + Math.exp(-(changes[at] as number))) - 1);
      return Math.min(1, Math.max(0, value + change));
    });
    return {
      released: { count, pictures: marked, labels: examples.labels },
      learnable: { shape, inputs: marked, targets: oneHot(examples.labels, classes), test },
      reader: {
        bits,
        messageOf: () => message,
        read: async (pictures) => Uint8Array.from(await reader.logits(centred(pictures)), (logit) => (logit > 0 ? 1 : 0)),
      },
    };
  },
});

/**
 * A message as an input: as loud as the picture beside it. At one unit a bit, writer and reader never begin to understand each other: what a
 * message changes is lost in what the picture does.
 */
const spoken = (message: Uint8Array, size: number) =>
  Float32Array.from(message, (bit) => (2 * bit - 1) * Math.sqrt(size / message.length));

/** Pixels around 0: with all of them above it, learning is many times slower. */
const centred = (pictures: Float32Array) => pictures.map((value) => value - 0.5);

const normals = (length: number, deviation: number, random: Random) =>
  Float32Array.from({ length }, () => deviation * random.normal());

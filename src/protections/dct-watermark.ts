/**
 * Spread spectrum: each bit of a message is a faint pattern over many middle waves of a picture, which only the owner can tell from noise.
 * Read blindly, without the picture as it was: each wave counts the less, the more it varies from picture to picture.
 */
import { progress } from '../core/event.ts';
import { oneHot } from '../core/examples.ts';
import { choice, count, range, toggle } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import type { Random } from '../core/random.ts';
import { decoded, encoded } from './hamming.ts';
import { messagesOf, onlyPictures } from './marked.ts';
import { type Waves, wavesIn } from './waves.ts';

/** Bits of a picture's coarse content that choose its key. */
const contentBits = 6;
/** A mark that a model is to be asked about is laid on so many times as strong. */
const loud = 4;

export default defineProtection({
  id: 'dct-watermark',
  title: 'Spread spectrum',
  says: 'Hides a message in a picture as a sum of faint patterns over its middle waves, each of which looks like noise to whoever lacks the key. Throwing waves away throws the picture away.',
  paper: {
    title: 'Secure spread spectrum watermarking for multimedia',
    authors: 'Cox, Kilian, Leighton, Shamoon',
    venue: 'TIP',
    year: 1997,
    doi: '10.1109/83.650120',
  },
  access: 'marked-pictures',
  params: {
    bits: count({ label: 'Bits', says: 'Length of the message.', min: 8, max: 64, step: 4, multipleOf: 4, initial: 32 }),
    strength: range({
      label: 'Strength',
      says: 'By how much the mark changes a pixel, as root mean square; pixels go from 0 to 1. 0.02 leaves 34 dB.',
      min: 0.002,
      max: 0.2,
      step: 0.002,
      initial: 0.02,
    }),
    key: choice({
      label: 'A key for',
      says: 'All pictures; or for each picture the one that its coarse content chooses, out of 64.',
      choices: ['all pictures', 'each content'],
      initial: 'all pictures',
    }),
    keys: count({
      label: 'Keys',
      says: 'Each picture is marked with one of so many, drawn at random; the owner tries them all.',
      min: 1,
      max: 64,
      step: 1,
      initial: 1,
    }),
    message: choice({
      label: 'Message',
      says: 'The same in all pictures; or another one for each class, so that whoever learns from the pictures learns the marks too, and can be told by it.',
      choices: ['one', 'one a class'],
      initial: 'one',
    }),
    corrected: toggle({
      label: 'Corrects errors',
      says: 'Writes four bits as seven, so that a wrong one is noticed and mended; each is then fainter.',
      initial: false,
    }),
  },
  refuses: (_options, setting) => onlyPictures(setting),
  async *protect({ bits, strength, key, keys, corrected, message }, { examples, test, shape, classes, random }) {
    const { size, count } = examples;
    yield progress('marking the pictures', 0, 1);
    const waves = wavesIn(examples, shape);
    const energy = (strength ** 2 * size) / (shape[2] as number);
    const messages = message === 'one' ? 1 : classes;
    const writerOf = (secret: Random) => writer(waves, messagesOf(bits, messages, secret), corrected, energy, secret);
    const owner = writerOf(random);
    const keysFor = (seen: Float64Array) =>
      key === 'each content' ? [contentOf(seen, waves)] : Array.from({ length: keys }, (_, one) => `${one}`);

    const marked = new Float32Array(examples.inputs.length);
    const drawn = random.stream('which key');
    for (let row = 0; row < count; row++) {
      if (row % 200 === 0) yield progress('marking the pictures', row, count);
      const picture = examples.inputs.subarray(row * size, (row + 1) * size);
      const own = keysFor(waves.of(picture));
      const plane = owner.plane(own[drawn.integer(own.length)] as string, examples.labels[row] as number);
      marked.set(waves.with(picture, plane), row * size);
    }
    return {
      released: { count, pictures: marked, labels: examples.labels },
      learnable: { shape, inputs: marked, targets: oneHot(examples.labels, classes), test },
      reader: {
        bits,
        messageOf: (label) => owner.messages[label % owner.messages.length] as Uint8Array,
        async read(pictures) {
          const found = new Uint8Array((pictures.length / size) * bits);
          for (let row = 0; row < pictures.length / size; row++) {
            const seen = waves.of(pictures.subarray(row * size, (row + 1) * size));
            const tried = keysFor(seen).map((name) => correlations(seen, owner.pattern(name), waves));
            const soft = tried.reduce((best, one) => (loudness(one) > loudness(best) ? one : best));
            found.set(corrected ? decoded(soft) : soft.map((value) => (value > 0 ? 1 : 0)), row * bits);
          }
          return found;
        },
        ...(message === 'one a class' && {
          stamped(pictures: Float32Array<ArrayBuffer>, label: number, stranger?: number) {
            const writer = stranger === undefined ? owner : writerOf(random.stream(`stranger ${stranger}`));
            const out = new Float32Array(pictures.length);
            for (let from = 0; from < pictures.length; from += size) {
              const picture = pictures.subarray(from, from + size);
              const [name] = key === 'each content' ? keysFor(waves.of(picture)) : ['0'];
              out.set(
                waves.with(
                  picture,
                  writer.plane(name as string, label).map((value) => loud * value),
                ),
                from,
              );
            }
            return out;
          },
        }),
      },
    };
  },
});

/** Somebody who writes messages with keys: whatever was computed once is kept. */
function writer(waves: Waves, messages: readonly Uint8Array[], corrected: boolean, energy: number, secret: Random) {
  const sent = messages.map((own) => (corrected ? encoded(own) : own));
  const patterns = new Map<string, Pattern>();
  const planes = new Map<string, Float64Array>();
  const pattern = (key: string): Pattern => {
    const own =
      patterns.get(key) ?? drawnPattern((sent[0] as Uint8Array).length, waves.carriers.length, secret.stream(`key ${key}`));
    patterns.set(key, own);
    return own;
  };
  return {
    messages,
    pattern,
    /** What a key makes of the message of a class, as it is laid on a picture. */
    plane(key: string, label: number): Float64Array {
      const at = label % messages.length;
      const name = `${key}/${at}`;
      const plane = planes.get(name) ?? waves.plane(amountsOf(sent[at] as Uint8Array, pattern(key), energy));
      planes.set(name, plane);
      return plane;
    },
  };
}

/** For each carrier, which bit it carries, and whether it is raised where that is a 1 or where it is a 0. */
interface Pattern {
  /** Coded bits in all. */
  readonly count: number;
  readonly bits: Int32Array;
  readonly signs: Int8Array;
}

function drawnPattern(bits: number, carriers: number, random: Random): Pattern {
  const signs = random.stream('signs');
  return {
    count: bits,
    bits: random.permutation(carriers).map((place) => place % bits),
    signs: Int8Array.from({ length: carriers }, () => 2 * signs.integer(2) - 1),
  };
}

/** How much is added to each carrier; their squares add up to `energy`. */
function amountsOf(message: Uint8Array, { bits, signs }: Pattern, energy: number): Float64Array {
  const amount = Math.sqrt(energy / signs.length);
  return Float64Array.from(signs, (sign, i) => (message[bits[i] as number] ? sign : -sign) * amount);
}

/** For each bit how much its waves are raised where a 1 would raise them: the likelihood ratio of a 1, but for a factor. */
function correlations(seen: Float64Array, { count, bits, signs }: Pattern, waves: Waves): Float64Array {
  const sums = new Float64Array(count);
  for (const [i, at] of waves.carriers.entries()) {
    const bit = bits[i] as number;
    const beyond = ((seen[at] as number) - (waves.usual[i] as number)) * (waves.trust[i] as number);
    sums[bit] = (sums[bit] as number) + (signs[i] as number) * beyond;
  }
  return sums;
}

/** Of several keys the one that was used is loud, whatever the message. */
const loudness = (soft: Float64Array) => soft.reduce((sum, value) => sum + Math.abs(value), 0);

/** What a picture shows, roughly: which of a few slow waves are above their mean. */
const contentOf = (seen: Float64Array, { coarse }: Waves): string =>
  coarse
    .slice(0, contentBits)
    .map(({ at, mean }) => ((seen[at] as number) > mean ? '1' : '0'))
    .join('');

/** What a thief may ask about: examples like the victim's own, or inputs that anybody can make. */
import type { AttackContext } from '../../core/attacker.ts';
import { takeRows } from '../../core/examples.ts';
import type { Random } from '../../core/random.ts';

/** The kinds of input, and all of them in one. */
export const kinds = ['population', 'uniform-noise', 'rotated-inverted', 'pixel-shuffled'] as const;
export const pools = [...kinds, 'mixed'] as const;
export type Pool = (typeof pools)[number];

/** A table of inputs; of a mixed pool also the number of each one's kind. */
export interface Questions {
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly size: number;
  readonly count: number;
  readonly kinds?: Uint8Array;
}

/** Inputs to ask about, at most `queries` of each kind: a pool may be smaller. */
export function poolOf(pool: Pool, queries: number, context: AttackContext): Questions {
  const { population, shape, random } = context;
  const { size } = population;
  const count = pool === 'uniform-noise' ? queries : Math.min(queries, population.count);
  const own = population.inputs.slice(0, count * size);
  switch (pool) {
    case 'population':
      return { inputs: own, size, count };
    case 'uniform-noise':
      return { inputs: noise(count * size, random.stream('pool')), size, count };
    case 'rotated-inverted':
      return { inputs: turned(own, shape), size, count };
    case 'pixel-shuffled':
      return { inputs: shuffled(own, size, random.stream('pool')), size, count };
    case 'mixed':
      return mixed(
        kinds.map((kind) => poolOf(kind, queries, context)),
        size,
        random.stream('mixed'),
      );
    default:
      return pool satisfies never;
  }
}

/** Several pools as one, in disorder. */
function mixed(parts: readonly Questions[], size: number, random: Random): Questions {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const [together, own] = [new Float32Array(count * size), new Uint8Array(count)];
  let at = 0;
  for (const [kind, part] of parts.entries()) {
    together.set(part.inputs, at * size);
    own.fill(kind, at, at + part.count);
    at += part.count;
  }
  const order = random.permutation(count);
  return { inputs: takeRows(together, size, order), size, count, kinds: Uint8Array.from(order, (row) => own[row] as number) };
}

const noise = (length: number, random: Random) => Float32Array.from({ length }, () => random.uniform());

/** A quarter turn to the left, and dark for light; of what is no picture the values are only inverted. */
function turned(inputs: Float32Array<ArrayBuffer>, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape as [number, number, number];
  if (shape.length !== 3 || height !== width) return inputs.map((value) => 1 - value);
  const size = height * width * channels;
  return inputs.map((_value, i) => {
    const [from, at] = [i - (i % size), i % size];
    const channel = at % channels;
    const [row, column] = [Math.floor(at / channels / width), Math.floor(at / channels) % width];
    return 1 - (inputs[from + (column * width + (width - 1 - row)) * channels + channel] as number);
  });
}

/** The values of each input in a disorder of its own. */
function shuffled(inputs: Float32Array<ArrayBuffer>, size: number, random: Random): Float32Array<ArrayBuffer> {
  const out = new Float32Array(inputs.length);
  for (let from = 0; from < inputs.length; from += size) {
    for (const [i, at] of random.permutation(size).entries()) out[from + i] = inputs[from + at] as number;
  }
  return out;
}

/** The decoder against the twin of the transformer, and with what it keeps against reading everything anew. */
import { describe, expect, it } from 'vitest';
import { beginning } from '../../src/core/decoder.ts';
import { randomOf } from '../../src/core/random.ts';
import { weightCount } from '../../src/core/transformer-weights.ts';
import { beamSearch, logProbabilities, perplexity, surprises, write } from '../../src/core/writing.ts';
import { decoderOf } from '../../src/stack/decoder.ts';
import reference from '../reference/transformer.json' with { type: 'json' };

const { length, vocabulary } = reference.config;
const decoder = decoderOf(reference.config, Float32Array.from(reference.weights));
const example = (i: number) => reference.ids.slice(i * length, (i + 1) * length);
const examples = reference.ids.length / length;

/** Large enough for every way of multiplying, with heads of 12 numbers. */
const shape = { blocks: 2, width: 48, heads: 4, length: 40, vocabulary: 33 };
const random = randomOf('a large decoder');
const weights = Float32Array.from({ length: weightCount(shape) }, () => random.normal() / 6);
const large = decoderOf(shape, weights);
const text = Array.from({ length: shape.length }, () => random.integer(shape.vocabulary));
const rowOf = (logits: Float64Array, row: number) => logits.slice(row * shape.vocabulary, (row + 1) * shape.vocabulary);

describe('the decoder', () => {
  it('says what the twin in PyTorch says', () => {
    for (let i = 0; i < examples; i++) {
      const { logits } = decoder.read(example(i));
      for (const [at, logit] of logits.entries())
        expect(logit).toBeCloseTo(reference.logits[i * length * vocabulary + at] as number, 5);
    }
  });

  it('says the same character by character, to the last bit', () => {
    const whole = large.read(text).logits;
    let past = large.read(text.slice(0, 3)).past;
    for (const [i, id] of text.slice(3).entries()) {
      const step = large.read([id], past);
      expect(step.logits).toEqual(rowOf(whole, 3 + i));
      past = step.past;
    }
  });

  it('says the same of each of several next characters as of one', () => {
    const { past } = large.read(text.slice(0, 20));
    for (const [id, { logits, past: own }] of large.readEach([0, 1, 2, 3, 4], past).entries()) {
      expect(logits).toEqual(large.read([id], past).logits);
      expect(large.read([7], own).logits).toEqual(rowOf(large.read([...text.slice(0, 20), id, 7]).logits, 21));
    }
  });

  it('leaves a past as it is, so that it can have two futures, and a beginning', () => {
    const whole = large.read(text);
    const { past } = large.read(text.slice(20, 25), large.read(text.slice(0, 20)).past);
    const once = large.read([1], past).logits;
    large.read([2, 3], past);
    expect(large.read([1], past).logits).toEqual(once);
    for (const count of [7, 20, 22, 25])
      expect(large.read([text[count] as number], beginning(past, count)).logits).toEqual(rowOf(whole.logits, count));
  });

  it('is not put off by another one in between', () => {
    const { past } = large.read(text.slice(0, 9));
    decoder.read(example(0));
    expect(large.read(text.slice(9, 10), past).logits).toEqual(rowOf(large.read(text).logits, 9));
  });

  it('refuses more than it can read, and weights of another shape', () => {
    expect(() => decoder.read(new Array(length + 1).fill(0))).toThrow('reads 7 characters, not 8');
    expect(() => decoderOf(reference.config, new Float32Array(10))).toThrow('not 10');
  });
});

describe('writing', () => {
  it('goes on greedily as the twin does', () => {
    expect(write(decoder, reference.greedy.slice(0, 2), { length: 99 })).toEqual(reference.greedy.slice(2));
  });

  it('ends at the stop, and at the length asked for', () => {
    expect(write(decoder, reference.greedy.slice(0, 2), { length: 99, stops: [reference.greedy[2] as number] })).toEqual([]);
    expect(write(decoder, [1], { length: 2 })).toHaveLength(2);
  });

  it('draws each character as often as the model says', () => {
    const random = randomOf('writing');
    const draws = Array.from({ length: 4000 }, () => write(decoder, [1, 2], { length: 1, temperature: 1 }, random)[0] as number);
    const expected = logProbabilities(decoder.read([1, 2]).logits.slice(vocabulary)).map(Math.exp);
    for (const [id, share] of expected.entries()) {
      const seen = draws.filter((one) => one === id).length / draws.length;
      expect(Math.abs(seen - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / draws.length) + 1e-9);
    }
  });

  it('draws from the likeliest only, if that is asked', () => {
    const random = randomOf('writing');
    const { logits } = decoder.read([1, 2]);
    const order = Array.from(logits.slice(vocabulary).entries()).sort((a, b) => b[1] - a[1]);
    const allowed = new Set(order.slice(0, 2).map(([id]) => id));
    for (let i = 0; i < 200; i++)
      expect(allowed.has(write(decoder, [1, 2], { length: 1, temperature: 2, topK: 2 }, random)[0] as number)).toBe(true);
  });

  it('finds with a beam that is wide enough the likeliest of all continuations', () => {
    const all: { ids: number[]; logProbability: number }[] = [];
    for (let a = 0; a < vocabulary; a++)
      for (let b = 0; b < vocabulary; b++) {
        const logs = surprises(decoder, [3, 4, a, b]);
        all.push({ ids: [a, b], logProbability: (logs[1] as number) + (logs[2] as number) });
      }
    all.sort((a, b) => b.logProbability - a.logProbability);
    const found = beamSearch(decoder, [3, 4], vocabulary ** 2, 2);
    expect(found[0]?.ids).toEqual(all[0]?.ids);
    expect(found[0]?.logProbability).toBeCloseTo(all[0]?.logProbability as number, 10);
    expect(beamSearch(decoder, [3, 4], 1, 2)[0]?.ids).toEqual(write(decoder, [3, 4], { length: 2 }));
  });

  it('has a perplexity between 1 and no end, the vocabulary where it knows nothing', () => {
    const blank = decoderOf(reference.config, new Float32Array(reference.weights.length));
    expect(perplexity(blank, example(0))).toBeCloseTo(vocabulary, 5);
    const logs = surprises(decoder, example(0));
    expect(Math.log(perplexity(decoder, example(0)))).toBeCloseTo(-logs.reduce((a, b) => a + b) / logs.length, 12);
  });
});

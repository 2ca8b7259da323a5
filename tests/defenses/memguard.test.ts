import { beforeAll, describe, expect, it } from 'vitest';
import type { Probabilities } from '../../src/core/access.ts';
import type { Guard } from '../../src/core/defense.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { find } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';
import { argMax } from '../../src/core/statistics.ts';
import { defenses } from '../../src/defenses/index.ts';
import { serviceOf } from './service.ts';

const classes = 5;
const shares = [0.5, 0.25, 0.15, 0.1];

/** A model that is as sure as its input says, of a class that the input's place decides. */
function answerTo(inputs: Float32Array): Probabilities {
  const values = new Float32Array(inputs.length * classes);
  inputs.forEach((sure, i) => {
    for (let c = 0; c < classes; c++) {
      values[i * classes + ((i + c) % classes)] = c === 0 ? sure : (1 - sure) * (shares[c - 1] as number);
    }
  });
  return { kind: 'probabilities', values, count: inputs.length, classes };
}

const random = randomOf('memguard');
const between = (low: number, high: number, count: number) =>
  Float32Array.from({ length: count }, () => low + (high - low) * random.uniform());
const examples = (inputs: Float32Array<ArrayBuffer>) => examplesOf(inputs, new Int32Array(inputs.length));

/** The model is surer of what it was trained on. */
const members = examples(between(0.9, 0.999, 300));
const reference = examples(between(0.3, 0.8, 300));

type Filter = (answers: Probabilities) => Probabilities;

const ready = async (distortion: number): Promise<Filter> => {
  const service = serviceOf('service', classes, { members, reference, probabilities: async (inputs) => answerTo(inputs) });
  const guard = (await find(defenses, 'defense', 'memguard').onQuery?.({ distortion }, service)) as Guard;
  const filter = guard();
  return (answers) => filter(answers, new Float32Array(answers.count)) as Probabilities;
};

const row = ({ values }: Probabilities, i: number) => [...values.subarray(i * classes, (i + 1) * classes)];
const distance = (a: Probabilities, b: Probabilities, i: number) =>
  row(a, i).reduce((sum, p, c) => sum + Math.abs(p - (row(b, i)[c] as number)), 0);

const surest = answerTo(between(0.9, 0.999, 100));
const mixed = answerTo(between(0.25, 0.999, 200));

describe('MemGuard', () => {
  let free: Filter;
  beforeAll(async () => {
    free = await ready(2); // anything is allowed
  });

  it('keeps the class of every answer, and its sum', async () => {
    for (const distortion of [0.1, 0.5, 2]) {
      const { values } = (await ready(distortion))(mixed);
      for (let i = 0; i < mixed.count; i++) {
        expect(argMax(values, i, classes)).toBe(argMax(mixed.values, i, classes));
        expect(row({ ...mixed, values }, i).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5); // five single-precision numbers
      }
    }
  });

  it('leaves answers alone that look like those about others', () => {
    const others = answerTo(between(0.3, 0.6, 100));
    expect(free(others).values).toEqual(others.values);
  });

  it('moves answers about members until its classifier is undecided: it would move none of them again', () => {
    const moved = free(surest);
    for (let i = 0; i < surest.count; i++) expect(distance(moved, surest, i)).toBeGreaterThan(0.01);
    expect(free(moved).values).toEqual(moved.values);
  });

  it('moves them no further than that: a hundredth less would not have done', () => {
    const moved = free(surest);
    const short = { ...surest, values: moved.values.map((p, i) => 0.99 * p + 0.01 * (surest.values[i] as number)) };
    const again = free(short);
    for (let i = 0; i < surest.count; i++) expect(distance(again, short, i)).toBeGreaterThan(0);
  });

  it.each([0, 0.05, 0.2, 0.5])('moves no answer further than %f, summed over classes', async (distortion) => {
    const filter = await ready(distortion);
    const moved = filter(surest);
    const distances = Array.from({ length: surest.count }, (_, i) => distance(moved, surest, i));
    expect(Math.max(...distances)).toBeLessThan(distortion + 1e-6); // five roundings of single precision
    expect(Math.max(...distances)).toBeGreaterThan(distortion - 1e-6); // and uses what it may: these all need more than a half
  });

  it('answers the same question the same way', async () => {
    expect(free(mixed)).toEqual(free(mixed));
    expect((await ready(2))(answerTo(Float32Array.of(0.97)))).toEqual((await ready(2))(answerTo(Float32Array.of(0.97))));
  });
});

/** The same way down as PyTorch's optimisers take (`reference/descent.py`). */
import { describe, expect, it } from 'vitest';
import { adam, type Descent, lbfgs, type Objective } from '../../src/core/descent.ts';
import reference from '../reference/descent.json' with { type: 'json' };

type Numbers = Float64Array<ArrayBuffer>;
const at = (x: Numbers, i: number) => x[i] as number;

const functions: Readonly<Record<string, Objective>> = {
  rosenbrock(x) {
    let loss = 0;
    const gradient = new Float64Array(x.length);
    for (let i = 0; i + 1 < x.length; i++) {
      const [bend, rest] = [at(x, i + 1) - at(x, i) ** 2, 1 - at(x, i)];
      loss += 100 * bend ** 2 + rest ** 2;
      gradient[i] = at(gradient, i) - 400 * bend * at(x, i) - 2 * rest;
      gradient[i + 1] = 200 * bend;
    }
    return { loss, gradient };
  },
  quadratic(x) {
    const last = x.length - 1;
    const gradient = x.map((value, i) => (i + 1) * (value - 1));
    const loss = x.reduce((sum, value, i) => sum + ((i + 1) * (value - 1) ** 2) / 2, 0.1 * at(x, 0) * at(x, last));
    gradient[0] = at(gradient, 0) + 0.1 * at(x, last);
    gradient[last] = at(gradient, last) + 0.1 * at(x, 0);
    return { loss, gradient };
  },
  smooth(x) {
    const square = x.reduce((sum, value) => sum + value * value, 0);
    const loss = x.reduce((sum, value) => sum + (1 - Math.cos(2 * value)) / 5, Math.log1p(square));
    return { loss, gradient: x.map((value) => (2 * value) / (1 + square) + (2 * Math.sin(2 * value)) / 5) };
  },
};

interface Trajectory {
  readonly start: readonly number[];
  readonly calls: readonly { readonly x: readonly number[]; readonly first: number }[];
}

/** Both sides round differently, by 1e-16 a step, and a step may stretch that. */
const rounding = 1e-9;

function follows(descent: Descent, name: string, { start, calls }: Trajectory, every = 1) {
  const x = Float64Array.from(start);
  const objective = functions[name.split(',')[0] as string] as Objective;
  for (const expected of calls) {
    for (let i = 0; i < every; i++) descent(x, objective);
    expected.x.forEach((value, i) => expect(Math.abs(at(x, i) - value)).toBeLessThan(rounding * Math.max(1, Math.abs(value))));
  }
}

describe('L-BFGS', () => {
  it.each(Object.entries(reference.lbfgs))('goes where PyTorch’s goes: %s', (name, trajectory) => {
    follows(lbfgs(name.includes('three') ? { history: 3 } : {}), name, trajectory);
  });

  it('finds the bottom of a valley, and then stays', () => {
    const x = Float64Array.of(0.9, 0.85, 0.7);
    const descent = lbfgs();
    for (let i = 0; i < 10; i++) descent(x, functions.rosenbrock as Objective);
    const before = x.slice();
    expect(descent(x, functions.rosenbrock as Objective)).toBeLessThan(1e-9); // its tolerance
    expect(x).toEqual(before);
  });
});

describe('Adam', () => {
  it.each(Object.entries(reference.adam))('goes where PyTorch’s goes: %s', (name, trajectory) => {
    follows(adam(0.1), name, trajectory, 10);
  });
});

/** The same way down as PyTorch's optimisers take (`reference/descent.py`). */
import { describe, expect, it } from 'vitest';
import { adam, type Descent, lbfgs } from '../../src/core/descent.ts';
import { valleys } from '../../src/known-answers/valleys.ts';
import reference from '../reference/descent.json' with { type: 'json' };

type Numbers = Float64Array<ArrayBuffer>;
const at = (x: Numbers, i: number) => x[i] as number;

interface Trajectory {
  readonly start: readonly number[];
  readonly calls: readonly { readonly x: readonly number[]; readonly first: number }[];
}

/** Both sides round differently, by 1e-16 a step, and a step may stretch that. */
const rounding = 1e-9;

function follows(descent: Descent, name: string, { start, calls }: Trajectory, every = 1) {
  const x = Float64Array.from(start);
  const objective = valleys[name.split(',')[0] as keyof typeof valleys];
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
    for (let i = 0; i < 10; i++) descent(x, valleys.rosenbrock);
    const before = x.slice();
    expect(descent(x, valleys.rosenbrock)).toBeLessThan(1e-9); // its tolerance
    expect(x).toEqual(before);
  });
});

describe('Adam', () => {
  it.each(Object.entries(reference.adam))('goes where PyTorch’s goes: %s', (name, trajectory) => {
    follows(adam(0.1), name, trajectory, 10);
  });
});

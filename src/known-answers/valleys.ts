/** Small functions to descend on, as tests/reference/descent.py has them. */
import type { Objective } from '../core/descent.ts';

const at = (x: Float64Array, i: number) => x[i] as number;

export const valleys: Readonly<Record<'rosenbrock' | 'quadratic' | 'smooth', Objective>> = {
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

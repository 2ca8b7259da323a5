/** Ways to descend, for one function of plain numbers at a time. Each remembers what it saw, so each descent needs one of its own. */
import { dot } from './statistics.ts';

type Numbers = Float64Array<ArrayBuffer>;

/** What is to become small: its value, and its gradient. */
export type Objective = (x: Numbers) => { readonly loss: number; readonly gradient: Numbers };

/** Moves `x` in place, by one step or a few of them, and answers with the last value that it saw. */
export type Descent = (x: Numbers, objective: Objective) => number;

/** Adam (Kingma & Ba 2015), one step at a time, with the usual constants. */
export function adam(rate: number): Descent {
  let steps = 0;
  let mean: Numbers | undefined;
  let square: Numbers | undefined;
  return (x, objective) => {
    const { loss, gradient } = objective(x);
    mean ??= new Float64Array(x.length);
    square ??= new Float64Array(x.length);
    steps++;
    const [meanCorrection, squareCorrection] = [1 - 0.9 ** steps, Math.sqrt(1 - 0.999 ** steps)];
    for (let i = 0; i < x.length; i++) {
      const g = gradient[i] as number;
      const m = 0.9 * (mean[i] as number) + 0.1 * g;
      const v = 0.999 * (square[i] as number) + 0.001 * g * g;
      mean[i] = m;
      square[i] = v;
      x[i] = (x[i] as number) - ((rate / meanCorrection) * m) / (Math.sqrt(v) / squareCorrection + 1e-8);
    }
    return loss;
  };
}

interface Memory {
  /** How the gradient changed, how x had moved, and 1 over their product. */
  readonly y: Numbers;
  readonly s: Numbers;
  readonly rho: number;
}

/**
 * L-BFGS (Liu & Nocedal 1989) without a line search, `iterations` at a time: PyTorch's `torch.optim.LBFGS` with its usual tolerances,
 * whose every step is as long as the approximate Newton step. Without the search it is fast, and now and then it flies away for good.
 */
export function lbfgs({ rate = 1, iterations = 20, history = 100 } = {}): Descent {
  const memories: Memory[] = [];
  let taken = 0;
  let scale = 1;
  let step = 0;
  let direction: Numbers = new Float64Array(0);
  let before: Numbers | undefined;
  return (x, objective) => {
    let { loss, gradient } = objective(x);
    if (largest(gradient) <= gradientTolerance) return loss;
    for (let iteration = 1; iteration <= iterations; iteration++) {
      taken++;
      if (before) {
        const earlier = before;
        const y = gradient.map((g, i) => g - (earlier[i] as number));
        const s = direction.map((d) => d * step);
        const curvature = dot(y, s);
        if (curvature > 1e-10) {
          if (memories.length === history) memories.shift();
          memories.push({ y, s, rho: 1 / curvature });
          scale = curvature / dot(y, y);
        }
      }
      direction = newtonStep(gradient, memories, scale);
      before = gradient.slice();
      const previous = loss;
      step = (taken === 1 ? Math.min(1, 1 / sumOfSizes(gradient)) : 1) * rate;
      if (dot(gradient, direction) > -changeTolerance) break;
      for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + step * (direction[i] as number);
      if (iteration === iterations) break; // the next call looks at where it stands first
      ({ loss, gradient } = objective(x));
      const moved = largest(direction) * step;
      if (largest(gradient) <= gradientTolerance || moved <= changeTolerance) break;
      if (Math.abs(loss - previous) < changeTolerance) break;
    }
    return loss;
  };
}

const gradientTolerance = 1e-7;
const changeTolerance = 1e-9;

/** −H · gradient, H from what is remembered (Nocedal's two loops). @param scale of the H that it begins with */
function newtonStep(gradient: Numbers, memories: readonly Memory[], scale: number): Numbers {
  const q = gradient.map((g) => -g);
  const alpha = new Float64Array(memories.length);
  for (let k = memories.length - 1; k >= 0; k--) {
    const { y, s, rho } = memories[k] as Memory;
    alpha[k] = rho * dot(s, q);
    add(q, -(alpha[k] as number), y);
  }
  for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale;
  for (const [k, { y, s, rho }] of memories.entries()) add(q, (alpha[k] as number) - rho * dot(y, q), s);
  return q;
}

function add(into: Numbers, factor: number, other: Numbers): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + factor * (other[i] as number);
}

const largest = (values: Numbers) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const sumOfSizes = (values: Numbers) => values.reduce((sum, value) => sum + Math.abs(value), 0);

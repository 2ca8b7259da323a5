/** One search for the batch behind a gradient, a few steps at a time, so that it can be watched and stopped. */
import { adam, lbfgs, type Objective } from '../../core/descent.ts';
import type { Random } from '../../core/random.ts';

type Numbers = Float64Array<ArrayBuffer>;

export const optimizers = ['lbfgs', 'adam'] as const;

export interface Search {
  /** Inputs, and behind them label logits where the labels are looked for too; moved in place. */
  readonly guess: Numbers;
  /** Takes a few steps, and answers with the squared distance that it saw last. */
  advance(): number;
}

/** Pixels are from 0 to 1: a guess that has gone as far as this has flown away, and L-BFGS does not bring it back. */
const flownAway = 1000;

/** @param steps of one advance */
export function searchFor(objective: Objective, optimizer: (typeof optimizers)[number], guess: Numbers, steps: number): Search {
  const descent = optimizer === 'adam' ? adam(0.1) : lbfgs({ iterations: steps });
  let loss = Number.NaN;
  let over = false;
  return {
    guess,
    advance() {
      if (over) return loss;
      const before = guess.slice();
      for (let calls = optimizer === 'adam' ? steps : 1; calls > 0; calls--) loss = descent(guess, objective);
      const settled = guess.every((value, i) => value === before[i]);
      over = settled || !guess.every((value) => Math.abs(value) < flownAway);
      return loss;
    },
  };
}

/** Inputs uniform from 0 to 1, and label logits from a normal. */
export function firstGuess(random: Random, inputs: number, logits: number): Numbers {
  return Float64Array.from({ length: inputs + logits }, (_, i) => (i < inputs ? random.uniform() : random.normal()));
}

/** Scores what an attack brought home against the truth, which the attack never saw. One judge for each kind of artefact. */
import type { Artefact, Poison } from '../core/artefact.ts';
import type { LaneEvent } from '../core/event.ts';
import { judgeInversion } from './judge-inversion.ts';
import { judgeMembership, type Truth } from './judge-membership.ts';
import { judgePoison, type Poisoned } from './judge-poison.ts';
import { judgeTheft } from './judge-theft.ts';
import type { Shared } from './participant.ts';
import type { Recipe } from './serve.ts';
import type { Asked, ModelInService } from './target.ts';

/** What the lab knows and the attacker does not. */
export interface Bench {
  readonly recipe: Recipe;
  readonly truth: Truth;
  readonly victim: ModelInService;
  /** What the attacker has asked so far. */
  asked(): Asked;
  /** The private batches whose gradients were shared. */
  shared?(): readonly Shared[];
  /** Where a training set was poisoned. */
  readonly poisoned?: Poisoned;
  /** What the model that is copied had learned before, from an attacker who came first. */
  readonly poisonBefore?: Poison;
}

/** A judge for one lane: it remembers what it saw before, so that curves grow. */
export type Judge = (artefact: Artefact) => AsyncGenerator<LaneEvent>;

export function judgeOf(bench: Bench): Judge {
  const theft = judgeTheft(bench);
  const inversion = judgeInversion(bench);
  return async function* (artefact) {
    switch (artefact.kind) {
      case 'membership':
        yield* judgeMembership(artefact, bench.truth);
        break;
      case 'stolen model':
        yield* theft(artefact);
        break;
      case 'inverted classes':
      case 'recovered inputs':
        yield* inversion(artefact);
        break;
      case 'poison':
        yield* judgePoison(artefact, bench);
        break;
      default:
        throw new Error(`${artefact.kind} are judged where text is`);
    }
  };
}

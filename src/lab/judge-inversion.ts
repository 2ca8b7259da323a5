/** How much of the training data the pictures show that an attack got out of a model: one judge for each kind of picture. */
import type { InvertedClasses, RecoveredInputs } from '../core/artefact.ts';
import type { LaneEvent } from '../core/event.ts';
import type { Bench } from './judge.ts';
import { judgeClasses } from './judge-classes.ts';
import { judgeReconstruction } from './judge-reconstruction.ts';
import { judgeRecovered } from './judge-recovered.ts';

export function judgeInversion(bench: Bench) {
  const classes = judgeClasses(bench);
  return async function* (found: InvertedClasses | RecoveredInputs): AsyncGenerator<LaneEvent> {
    if (found.kind === 'inverted classes') yield* classes(found);
    else if (found.of === 'members') yield* judgeReconstruction(found, bench);
    else yield* judgeRecovered(found, bench);
  };
}

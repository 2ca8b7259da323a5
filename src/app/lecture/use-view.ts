/** The lecture as components see it: its steps, and what may be seen now. */
import { useMemo } from 'react';
import { find } from '../../core/experiment.ts';
import { everything, type LectureStep, type LectureView, stepsOf, viewAt } from '../../store/lecture.ts';
import { useLab, useLabParts, useLecture } from '../lab-context.ts';

export function useSteps(): readonly LectureStep[] {
  const { scenarios } = useLabParts();
  const preset = useLab((state) => state.preset);
  return useMemo(() => stepsOf(find(scenarios, 'scenario', preset)), [scenarios, preset]);
}

export function useView(): LectureView {
  const steps = useSteps();
  const mode = useLecture((state) => state.mode);
  const step = useLecture((state) => state.step);
  const defended = useLecture((state) => state.defended);
  return useMemo(() => {
    const view = mode === 'off' ? everything : viewAt(steps, step);
    return { ...view, defended: defended ?? view.defended };
  }, [steps, mode, step, defended]);
}

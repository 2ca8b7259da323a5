/** A guess before the number is seen: a slider, and afterwards how far off it was. */
import { useState } from 'react';
import type { MetricName } from '../../core/event.ts';
import { find } from '../../core/experiment.ts';
import { metricText } from '../../panels/format.ts';
import { watched } from '../../store/lab-store.ts';
import { guessedAt } from '../../store/lecture.ts';
import { texts } from '../../store/texts.ts';
import { useLab, useLabParts, useLecture } from '../lab-context.ts';
import { useSteps, useView } from './use-view.ts';

const notches = 100;

/** As the question is asked: of so many pairs, how many. */
const textOf = (name: MetricName, value: number) => (name === 'auc' ? texts.lecture.ofHundred(value) : metricText(name, value));

export function Guess() {
  const { catalog } = useLabParts();
  const steps = useSteps();
  const step = useLecture((state) => state.step);
  const guesses = useLecture((state) => state.guesses);
  const guess = useLecture((state) => state.guess);
  const { covered } = useView();
  const attackId = useLab((state) => state.experiment.attack.id);
  const lanes = useLab((state) => watched(state).lanes);
  const [name] = find(catalog.attacks, 'attack', attackId).metrics;
  const [at, setAt] = useState<number>();
  const asked = guessedAt(steps, step);
  const most = lanes[0]?.metrics[name]?.most ?? 1;
  const title = name === 'auc' ? texts.lecture.timesOfHundred : texts.metrics[name].name;
  const told = (['undefended', 'defended'] as const).flatMap((lane) => {
    const guessed = guesses[lane];
    const found = lanes[lane === 'undefended' ? 0 : lanes.length - 1]?.metrics[name]?.value;
    return guessed === undefined || found == null || covered[lane]
      ? []
      : [texts.lecture.guessed(lane, textOf(name, guessed), textOf(name, found))];
  });
  const value = at ?? (asked && guesses[asked]);
  return (
    <>
      {told.length > 0 && <p className="guess">{told.join(' ')}</p>}
      {asked && (
        <label className="guess">
          <span>{asked === 'undefended' ? texts.lecture.guess(title) : texts.lecture.guessDefended(title)}</span>
          <span aria-hidden="true">{textOf(name, 0)}</span>
          <input
            type="range"
            min={0}
            max={notches}
            value={value === undefined ? notches / 2 : (notches * value) / most}
            aria-valuetext={textOf(name, value ?? most / 2)}
            onChange={(event) => {
              const next = (most * Number(event.currentTarget.value)) / notches;
              setAt(next);
              guess(asked, next);
            }}
          />
          <span aria-hidden="true">{textOf(name, most)}</span>
          <output>{value === undefined ? '?' : textOf(name, value)}</output>
        </label>
      )}
    </>
  );
}

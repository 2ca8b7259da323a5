/** All scenarios and chains, by arrow: what each shows, for whom, and whether it was tried in this visit. */
import { useState } from 'react';
import { type Axis, axes } from '../../core/attack.ts';
import { find, resolveExperiment } from '../../core/experiment.ts';
import { Toggle } from '../../panels/toggle.tsx';
import { levels, type Scenario } from '../../scenarios/scenario.ts';
import { answersLink, chainsLink, ladderLink, preflightLink, scenarioLink } from '../../store/link.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { arrowPaths } from '../loop-picture.tsx';
import { SidePage } from '../side-page.tsx';
import './gallery.css';

type Level = Scenario['level'];

export default function GalleryPage() {
  const { scenarios, lessons } = useLabParts();
  const [level, setLevel] = useState<Level | 'all'>('all');
  const shown = scenarios.filter((scenario) => level === 'all' || scenario.level === level);
  return (
    <SidePage title={texts.gallery.title}>
      <div className="gallery-bar">
        <p>
          {texts.gallery.says(scenarios.length, lessons.length)} <a href={ladderLink}>{texts.ladder.open} →</a>
        </p>
        <Toggle
          label={texts.gallery.level}
          options={(['all', ...levels] as const).map((value) => ({ value, says: texts.gallery.levels[value] }))}
          value={level}
          onChange={setLevel}
        />
      </div>
      {axes.map((axis) => {
        const own = shown.filter((scenario) => scenario.axis === axis);
        return (
          <section key={axis} aria-label={texts.loop.axes[axis].name}>
            <h2 className="gallery-arrow">
              <ArrowMark along={[axis]} /> {texts.loop.axes[axis].name} <span>{texts.loop.axes[axis].families}</span>
            </h2>
            {own.length === 0 && <p>{texts.gallery.none}</p>}
            <ul className="gallery">
              {own.map((scenario) => (
                <ScenarioCard key={scenario.id} scenario={scenario} />
              ))}
            </ul>
          </section>
        );
      })}
      {level === 'all' && (
        <section aria-label={texts.gallery.chains}>
          <h2 className="gallery-arrow">
            <ArrowMark along={axes} /> {texts.gallery.chains} <span>{texts.gallery.chainsSay}</span>
          </h2>
          <ul className="gallery">
            {lessons.map(({ id, title, says, axes: along }) => (
              <li key={id} className="gallery-card">
                <h3>
                  <a href={chainsLink(id)}>{title}</a>
                </h3>
                <p className="gallery-kind">{along.map((axis) => texts.loop.axes[axis].name).join(', ')}</p>
                <p>{says}</p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="gallery-foot">
        <a href={preflightLink}>{texts.preflight.open}</a> <a href={answersLink}>{texts.answers.open}</a>
      </p>
    </SidePage>
  );
}

function ScenarioCard({ scenario: { id, title, level, says, seconds, experiment } }: { readonly scenario: Scenario }) {
  const { catalog } = useLabParts();
  const { attack } = resolveExperiment(experiment, catalog);
  return (
    <li className="gallery-card">
      <h3>
        <a href={scenarioLink(id)}>{title}</a>
      </h3>
      <p className="gallery-kind">
        <b data-level={level}>{texts.gallery.levels[level]}</b> {find(catalog.attacks, 'attack', attack.id).title}
        {seconds !== undefined && `, ${texts.gallery.seconds(seconds)}`}
      </p>
      <p>{says}</p>
    </li>
  );
}

/** The loop, with some of its arrows in the colour of an attack. */
function ArrowMark({ along }: { readonly along: readonly Axis[] }) {
  return (
    <svg viewBox="0 70 340 90" width="96" height="26" aria-hidden="true">
      {axes.map((axis) => (
        <path key={axis} className={along.includes(axis) ? 'gallery-along' : 'gallery-other'} d={arrowPaths[axis]} />
      ))}
      <rect className="loop-data" x="8" y="111" width="92" height="42" rx="21" />
      <path className="loop-model" d="M240 132l22-21h50l22 21-22 21h-50z" />
    </svg>
  );
}

/** A chain for a room: the loop large, what each arrow got, one sentence, and nothing else. Led by a clicker's keys. */
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ChainLesson, ChainStep } from '../../chains/chain.ts';
import type { MetricName } from '../../core/event.ts';
import type { LinkResult } from '../../lab/chain-result.ts';
import { said } from '../../languages/said.ts';
import { differenceText, metricText } from '../../panels/format.ts';
import { shownNews } from '../../store/chain-store.ts';
import type { LectureStore } from '../../store/lecture-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain } from '../lab-context.ts';
import { PresentBar } from '../lecture/present-bar.tsx';
import { LoopPicture } from '../loop-picture.tsx';
import { Mark } from '../marks.tsx';
import { ChainArrows, runOf } from './arrows.tsx';
import '../lecture/lecture.css';

interface PresentProps {
  readonly lesson: ChainLesson;
  readonly lecture: LectureStore;
}

export function ChainPresent({ lesson, lecture }: PresentProps) {
  const { id, title, says, story, axes } = lesson;
  const { step: at, blank, toggleBlank } = useStore(lecture);
  const news = useChain(shownNews);
  const live = useChain((state) => state.news !== null);
  const defenses = useChain((state) => state.chain.defenses);
  const room = useRef<HTMLElement>(null);
  useEffect(() => room.current?.focus(), []);
  const steps: readonly ChainStep[] = [{ arrows: 0, say: says }, ...story];
  const { arrows, defense, say, ask } = steps[at] as ChainStep;
  const links = news?.result.links.slice(0, arrows);
  // What is asked about is drawn, and has no number yet.
  const along = axes.slice(0, ask === undefined ? arrows : arrows + 1);
  return (
    <main ref={room} className="present" data-testid="present" tabIndex={-1}>
      {blank ? (
        <button type="button" className="present-blank" aria-label={texts.lecture.unblank} onClick={toggleBlank} />
      ) : (
        <>
          <header className="present-head">
            <h1>{title}</h1>
            <span>{texts.watching[live ? 'live' : 'recorded']}</span>
            <span>{texts.lecture.at(at + 1, steps.length)}</span>
          </header>
          <div className="present-chain">
            <LoopPicture from={40} to={190}>
              <ChainArrows along={along} links={links} matrix={news?.result.matrix} defenses={defenses} shown={defense} />
            </LoopPicture>
            <ol>
              {along.map((axis, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: an arrow is its place in the chain
                <li key={`${axis} ${i}`} className="present-link">
                  <h2>
                    {texts.chains.column(i + 1, texts.loop.axes[axis].name)}
                    {defense !== undefined && defenses[defense]?.at === i && (
                      <span className="present-shield">
                        <Mark of="defense" size={24} /> {said(defenses[defense]?.name ?? '')}
                      </span>
                    )}
                  </h2>
                  <LinkNumbers
                    link={links?.[i]}
                    defense={defense}
                    change={news?.result.matrix[defense ?? -1]?.changes[i]?.value}
                  />
                </li>
              ))}
            </ol>
          </div>
          <div className="present-says" aria-live="polite">
            <p>
              {say} {ask && <em>{ask}</em>}
            </p>
          </div>
        </>
      )}
      <PresentBar lecture={lecture} subject={() => id} />
    </main>
  );
}

interface NumbersProps {
  readonly link: LinkResult | undefined;
  readonly defense: number | undefined;
  readonly change: number | null | undefined;
}

const numberOf = (run: LinkResult['runs'][number] | undefined, measure: MetricName) => run?.metrics[measure]?.value ?? undefined;

/** What the arrow got, large; below it what it would have got alone, or what the defense took. */
function LinkNumbers({ link, defense, change }: NumbersProps) {
  if (!link) return <p className="present-value">?</p>;
  const { measure, runs } = link;
  const text = (value: number | undefined) => (value === undefined ? '–' : metricText(measure, value));
  const [value, undefended, alone] = [
    numberOf(runOf(link, defense), measure),
    numberOf(runOf(link, undefined), measure),
    numberOf(
      runs.find(({ way }) => way === 'alone'),
      measure,
    ),
  ];
  const besideAlone = alone === undefined ? '' : texts.chains.alone(text(alone));
  const beside = change == null ? besideAlone : texts.chains.withDefense(differenceText(measure, change));
  return (
    <p>
      <span className="present-value">{change == null ? text(value) : `${text(undefended)} → ${text(value)}`}</span>
      <small>{[texts.metrics[measure].name, beside].filter(Boolean).join(' · ')}</small>
    </p>
  );
}

/** The loop with a chain on it: its arrows, numbered in order, as thick as each attack did; with one defense, if one is chosen. */
import { Button } from '@mantine/core';
import type { Axis } from '../../core/attack.ts';
import { find } from '../../core/experiment.ts';
import type { LinkResult } from '../../lab/chain-result.ts';
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import { shownNews } from '../../store/chain-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { arrowPaths, LoopPicture } from '../loop-picture.tsx';
import { Mark } from '../marks.tsx';
import { DrawLayer } from './draw.tsx';

const [hairline, thinnest, thickest] = [1.25, 2.5, 12];
/** The middle of each arrow, for its number. */
const middles: Record<Axis, readonly [number, number]> = {
  'data-to-data': [48, 78],
  'data-to-model': [169, 111],
  'model-to-data': [172, 153],
  'model-to-model': [293, 78],
};

export function ChainLoop() {
  const { catalog, lessons } = useLabParts();
  const lessonId = useChain(({ lesson }) => lesson);
  const composed = useChain((state) => state.composed);
  const chain = useChain((state) => state.chain);
  const told = composed ? undefined : lessons.find(({ id }) => id === lessonId)?.axes;
  const along = told ?? chain.links.map(({ experiment }) => find(catalog.attacks, 'attack', experiment.attack.id).axis);
  const links = useChain((state) => shownNews(state)?.result.links);
  const matrix = useChain((state) => shownNews(state)?.result.matrix);
  const shown = useChain((state) => state.shown);
  const { defenses } = chain;
  const show = useChain((state) => state.show);
  const stands = shown === undefined ? undefined : defenses[shown]?.at;
  const numbersOn = (axis: Axis) => (drawn ?? along).flatMap((own, i) => (own === axis ? [i] : []));
  const drawn = useChain((state) => state.drawn);
  const draw = useChain((state) => state.draw);
  const axes = [...new Set(drawn ?? along)];
  const changeAt = (i: number) => (shown === undefined ? undefined : matrix?.[shown]?.changes[i]?.value);
  return (
    <section className="chains-loop" aria-label={texts.chains.loop}>
      <LoopPicture from={40} to={190}>
        {axes.map((axis) => {
          const widths = numbersOn(axis).map((i) =>
            thickness(drawn ? undefined : links?.[i], shown, stands === undefined || stands > i),
          );
          const [x, y] = middles[axis];
          return (
            <g key={axis}>
              <path className="loop-line" d={arrowPaths[axis]} strokeWidth={Math.max(...widths)} markerEnd="url(#arrowhead)" />
              {numbersOn(axis).map((i, place) => (
                <g key={i} transform={`translate(${x + 20 * place - 10 * (numbersOn(axis).length - 1)} ${y})`}>
                  <circle className="chains-number" r="9" />
                  <text className="chains-digit" y="4">
                    {i + 1}
                  </text>
                  <text className="chains-value" y={axis === 'model-to-data' ? 24 + 14 * place : -14 - 14 * place}>
                    {numbersOn(axis).length > 1 && links
                      ? texts.chains.numbered(i + 1, valueSays(links[i], shown, changeAt(i)))
                      : valueSays(links?.[i], shown, changeAt(i))}
                  </text>
                </g>
              ))}
            </g>
          );
        })}
        <DrawLayer />
      </LoopPicture>
      <p className="chains-says" aria-live="polite">
        {drawn ? texts.chains.drawing[drawn.length] : texts.chains.canDraw}
      </p>
      <Button size="xs" variant="default" onClick={draw}>
        {drawn ? texts.chains.undraw : texts.chains.draw}
      </Button>
      <ol className="chains-arrows">
        {(drawn ?? along).map((axis, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an arrow is its place in the chain
          <li key={`${axis} ${i}`}>
            <b>{texts.loop.axes[axis].name}</b>
            {stands === i && <Mark of="defense" size={13} />}
            <span>{arrowSays(drawn ? undefined : links?.[i], shown, changeAt(i))}</span>
          </li>
        ))}
      </ol>
      <fieldset className="chains-defenses">
        <legend>{texts.chains.shown}</legend>
        {[undefined, ...defenses.keys()].map((defense) => (
          <label key={defense ?? 'none'}>
            <input type="radio" name="shown" checked={shown === defense} onChange={() => show(defense)} />
            {defense === undefined
              ? texts.chains.noDefense
              : texts.chains.defenseAt(said(defenses[defense]?.name ?? ''), (defenses[defense]?.at ?? 0) + 1)}
          </label>
        ))}
      </fieldset>
    </section>
  );
}

/** The run of a link that is shown: that of the defense, once it is reached. */
const runOf = ({ runs }: LinkResult, defense: number | undefined) =>
  runs.find((run) => run.way === 'linked' && run.defense === defense) ??
  runs.find((run) => run.way === 'linked' && run.defense === undefined);

/** Between the least and the most that any run of the link got. */
function thickness(link: LinkResult | undefined, defense: number | undefined, untouched: boolean): number {
  const gotBy = (run: LinkResult['runs'][number] | undefined) => (link ? (run?.metrics[link.measure]?.value ?? null) : null);
  const own = link ? gotBy(runOf(link, untouched ? undefined : defense)) : null;
  if (!link || own === null) return hairline;
  const known = link.runs.map(gotBy).filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...known), Math.max(...known)];
  return thinnest + (thickest - thinnest) * (most > least ? (own - least) / (most - least) : 1);
}

/** What the attack of an arrow got, and how much of that the defense changed. */
function valueSays(link: LinkResult | undefined, defense: number | undefined, change: number | null | undefined): string {
  const metric = link && runOf(link, defense)?.metrics[link.measure];
  if (!link || metric?.value == null) return '';
  const value = metricText(link.measure, metric.value);
  return change == null ? value : texts.chains.valueChanged(value, metricText(link.measure, change));
}

function arrowSays(link: LinkResult | undefined, defense: number | undefined, change: number | null | undefined): string {
  const value = valueSays(link, defense, change);
  return link && value ? texts.chains.arrow(texts.metrics[link.measure].name, value) : texts.chains.notRun;
}

/** The arrows of a chain: numbered in order, as thick as each attack did, with what it got. */
import type { Axis } from '../../core/attack.ts';
import type { Chain } from '../../core/chain.ts';
import type { ChainResult, LinkResult } from '../../lab/chain-result.ts';
import { differenceNumber, metricText } from '../../panels/format.ts';
import { texts } from '../../store/texts.ts';
import { arrowPaths } from '../loop-picture.tsx';

const [hairline, thinnest, thickest] = [1.25, 2.5, 12];
/** The middle of each arrow, for its number. */
const middles: Record<Axis, readonly [number, number]> = {
  'data-to-data': [48, 78],
  'data-to-model': [169, 111],
  'model-to-data': [172, 153],
  'model-to-model': [293, 78],
};

interface ArrowsProps {
  /** Which way each arrow runs. */
  readonly along: readonly Axis[];
  /** What each got; without it they are hairlines. */
  readonly links: readonly LinkResult[] | undefined;
  readonly matrix: ChainResult['matrix'] | undefined;
  readonly defenses: Chain['defenses'];
  /** The number of the defense that is on. */
  readonly shown: number | undefined;
}

export function ChainArrows({ along, links, matrix, defenses, shown }: ArrowsProps) {
  const stands = shown === undefined ? undefined : defenses[shown]?.at;
  const changeAt = (i: number) => (shown === undefined ? undefined : matrix?.[shown]?.changes[i]?.value);
  const numbersOn = (axis: Axis) => along.flatMap((own, i) => (own === axis ? [i] : []));
  return [...new Set(along)].map((axis) => {
    const numbers = numbersOn(axis);
    const widths = numbers.map((i) => thickness(links?.[i], shown, stands === undefined || stands > i));
    const [x, y] = middles[axis];
    return (
      <g key={axis}>
        <path className="loop-line" d={arrowPaths[axis]} strokeWidth={Math.max(...widths)} markerEnd="url(#arrowhead)" />
        {numbers.map((i, place) => (
          <g key={i} transform={`translate(${x + 20 * place - 10 * (numbers.length - 1)} ${y})`}>
            <circle className="chains-number" r="9" />
            <text className="chains-digit" y="4">
              {i + 1}
            </text>
            <text className="chains-value" y={axis === 'model-to-data' ? 24 + 14 * place : -14 - 14 * place}>
              {numbers.length > 1 && links
                ? texts.chains.numbered(i + 1, valueSays(links[i], shown, changeAt(i)))
                : valueSays(links?.[i], shown, changeAt(i))}
            </text>
          </g>
        ))}
      </g>
    );
  });
}

/** The run of a link that is shown: that of the defense, once it is reached. */
export const runOf = ({ runs }: LinkResult, defense: number | undefined) =>
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
export function valueSays(link: LinkResult | undefined, defense: number | undefined, change: number | null | undefined): string {
  const metric = link && runOf(link, defense)?.metrics[link.measure];
  if (!link || metric?.value == null) return '';
  const value = metricText(link.measure, metric.value);
  return change == null ? value : texts.chains.valueChanged(value, differenceNumber(link.measure, change));
}

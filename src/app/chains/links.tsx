/** Each link of a chain: alone, in sequence and with noise, and what it gained. */

import type { MetricValue } from '../../core/event.ts';
import { find } from '../../core/experiment.ts';
import type { LinkResult } from '../../lab/chain-result.ts';
import { said } from '../../languages/said.ts';
import { differenceNumber, differenceText, metricText } from '../../panels/format.ts';
import { CellTable } from '../../panels/frame.tsx';
import { shownNews } from '../../store/chain-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';

export function ChainLinks() {
  const { catalog } = useLabParts();
  const links = useChain((state) => shownNews(state)?.result.links);
  if (!links) return null;
  return (
    <section className="chains-links" aria-label={texts.chains.links} data-testid="chain-links">
      {links.map((link, i) => {
        const { title, says } = find(catalog.attacks, 'attack', link.attack);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
          <article key={`${link.attack} ${i}`}>
            <h2>{texts.chains.linkTitle(i + 1, title)}</h2>
            <p className="chains-says">{says}</p>
            <CellTable
              label={title}
              columns={[texts.chains.way, texts.metrics[link.measure].name, texts.chains.interval]}
              rows={link.runs.map((run) => {
                const metric = run.metrics[link.measure];
                return [
                  run.defense === undefined ? texts.chains.ways[run.way] : said(run.name),
                  valueText(link, metric),
                  intervalText(link, metric),
                ];
              })}
            />
            {link.gain && (
              <p data-testid={`gain-${i}`}>
                {texts.chains.gain(...differenceTexts(link, link.gain))}{' '}
                {texts.chains.gainOfNoise(...differenceTexts(link, link.gainOfNoise))}
              </p>
            )}
          </article>
        );
      })}
    </section>
  );
}

const valueText = ({ measure }: LinkResult, metric: MetricValue | undefined) =>
  metric?.value == null ? '–' : metricText(measure, metric.value);

/** A gain and its interval. */
const differenceTexts = ({ measure }: LinkResult, metric: MetricValue | undefined): [value: string, interval: string] => [
  metric?.value == null ? '–' : differenceText(measure, metric.value),
  intervalOf(metric, (value) => differenceNumber(measure, value)),
];

const intervalText = ({ measure }: LinkResult, metric: MetricValue | undefined) =>
  intervalOf(metric, (value) => metricText(measure, value));

/** An interval; where all seeds gave the same there is none that could be believed. */
function intervalOf(metric: MetricValue | undefined, text: (value: number) => string): string {
  if (metric?.low == null || metric.high === null) return '–';
  if (metric.low === metric.high) return texts.chains.noSpread;
  return texts.chains.between(text(metric.low), text(metric.high));
}

/** A number, its 95 % interval beside chance, and how both came about; or why there is no number. */
import { memo, type ReactNode } from 'react';
import type { MetricName, MetricValue } from '../core/event.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';
import { metricText } from './format.ts';

interface MetricProps {
  readonly lane: number;
  readonly name: MetricName;
  readonly metric: MetricValue | undefined;
  /** A headline number is large and says what it is in words. */
  readonly headline?: string;
  /** What opens its card. */
  readonly about?: ReactNode;
}

export const MetricCard = memo(function MetricCard({ lane, name, metric, headline, about }: MetricProps) {
  const { name: title, says } = texts.metrics[name];
  const value = metric?.value ?? null;
  const chance = metric?.chance;
  return (
    <div
      className={headline ? 'metric metric-headline' : 'metric'}
      data-testid={`metric-${lane}-${name}`}
      data-value={value === null ? 'null' : value}
    >
      <div className="metric-name" title={says}>
        {headline && <b>{headline}</b>} {title}
        {'\u00a0'}
        {about}
      </div>
      {!metric && <div className="metric-waiting">{texts.metric.waiting}</div>}
      {metric && value === null && (
        <div className="metric-none">
          <b>{texts.metric.none}</b> {said(metric.how)}
        </div>
      )}
      {metric && value !== null && (
        <>
          <div className="metric-row">
            <output className="metric-value">{metricText(name, value)}</output>
            {!unbounded.includes(name) && <IntervalBar metric={metric} value={value} />}
          </div>
          <div className={unbounded.includes(name) ? 'metric-small' : 'metric-small metric-keyed'}>
            {metric.low !== null && metric.high !== null && metric.low !== metric.high && (
              <span className="metric-range">
                {texts.metric.interval(metricText(name, metric.low), metricText(name, metric.high))}
              </span>
            )}
            {chance !== undefined && (
              <span className="metric-chance">
                {texts.metric.chance(metricText(name, chance), metric.chanceIs && said(metric.chanceIs))}
              </span>
            )}
          </div>
          <div className="metric-how">
            {said(metric.how)}
            {/n\s*=/.test(metric.how) ? '' : ` · ${texts.metric.sample(metric.sampleSize)}`}
          </div>
        </>
      )}
    </div>
  );
});

const unbounded: readonly MetricName[] = ['epsilon', 'queries', 'psnr', 'mse', 'perplexity', 'zScore'];

/** From 0 to the most that there can be: the interval as a bar, the value as a dot, chance as a tick. */
function IntervalBar({ metric, value }: { readonly metric: MetricValue; readonly value: number }) {
  const at = (value: number) => `${Math.min(100, Math.max(0, (value / (metric.most ?? 1)) * 100))}%`;
  const [low, high] = [metric.low ?? value, metric.high ?? value];
  return (
    <div className="interval" aria-hidden="true">
      <i className="interval-bar" style={{ left: at(low), width: at(high - low) }} />
      {metric.chance !== undefined && <i className="interval-chance" style={{ left: at(metric.chance) }} />}
      <i className="interval-value" style={{ left: at(value) }} />
    </div>
  );
}

/**
 * A chart as it is saved: drawn anew by the panel that draws it on the page, as wide as a column of a paper and on white paper whatever the
 * theme is, and then read with every look written out, because style sheets do not go along with a file.
 */
import type { ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Curve, Histogram, Roc } from '../../core/evidence.ts';
import type { Drawing, LegendEntry } from '../../export/figure.ts';
import { escaped } from '../../export/xml.ts';
import { EvidencePanel } from '../../panels/evidence.tsx';
import type { RocScale } from '../../panels/roc.tsx';
import { TallCharts } from '../../panels/tall-charts.ts';
import { texts } from '../../store/texts.ts';
import { inLight } from './light.ts';

const width = 360;
const [millisecondsBetweenLooks, mostLooks] = [30, 100];

export interface DrawnChart {
  readonly drawing: Drawing;
  readonly legend: readonly LegendEntry[];
  readonly description: string;
}

/** @param panel the panel that shows it, as wide as it is told @returns nothing where it could not be drawn */
export function drawChart(panel: (width: number) => ReactElement): Promise<DrawnChart | undefined> {
  return inLight(async (corner) => {
    const root = createRoot(corner);
    root.render(<TallCharts value={true}>{panel(width)}</TallCharts>);
    try {
      if (!(await settled(corner))) return undefined;
      const drawing = chartIn(corner);
      const description = corner.querySelector('[role=img]')?.getAttribute('aria-label') ?? '';
      return drawing && { drawing, legend: legendIn(corner), description };
    } finally {
      root.unmount();
    }
  });
}

/** The panel of a piece of evidence. A curve's legend on the page does not say where guessing would be; in a paper nobody can ask. */
export async function drawEvidence(
  evidence: Curve | Roc | Histogram,
  rocScale: RocScale,
  color: string,
): Promise<DrawnChart | undefined> {
  const drawn = await drawChart((width) => (
    <EvidencePanel evidence={evidence} width={width} rocScale={rocScale} onRocScale={nothing} color={color} />
  ));
  const withChance = evidence.kind === 'curve' && evidence.chance !== undefined;
  return drawn && withChance ? { ...drawn, legend: [...drawn.legend, chanceEntry] } : drawn;
}

const nothing = () => undefined;

const chartOf = (corner: HTMLElement) => corner.querySelector<SVGSVGElement>('svg.recharts-surface');

/** The chart library draws a chart in several goes: it is there when what we add to it is, and nothing changes any more. */
async function settled(corner: HTMLElement): Promise<boolean> {
  let before = '';
  for (let look = 0; look < mostLooks; look++) {
    await new Promise((wake) => setTimeout(wake, millisecondsBetweenLooks));
    const now = chartOf(corner)?.innerHTML ?? '';
    if (/chart-axes|bar-names/.test(now) && now === before) return true;
    before = now;
  }
  return false;
}

/** What a shape or a text looks like, and what each is where nobody says. */
const looks: Readonly<Record<string, string | undefined>> = {
  fill: undefined,
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1',
  'stroke-dasharray': 'none',
  'stroke-opacity': '1',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'font-size': undefined,
  'font-weight': '400',
  'text-anchor': 'start',
};
const onlyOfText = ['font-size', 'font-weight', 'text-anchor'];
const onlyOfThePage = /^(class|style|role|tabindex|focusable|aria-|data-|xmlns)/;

function chartIn(corner: HTMLElement): Drawing | undefined {
  const svg = chartOf(corner);
  if (!svg) return undefined;
  const shapes = [...svg.querySelectorAll('path, line, rect, circle, polygon, polyline, text, tspan')];
  // All are read before the first one is changed: what one inherits must still be there.
  const found = shapes.map(lookOf);
  for (const element of svg.querySelectorAll('*')) {
    if (element.tagName === 'title' || element.tagName === 'desc') element.remove();
    for (const { name } of [...element.attributes]) if (onlyOfThePage.test(name) || name in looks) element.removeAttribute(name);
  }
  for (const [i, shape] of shapes.entries())
    for (const [look, value] of found[i] as ReturnType<typeof lookOf>) shape.setAttribute(look, value);
  for (const group of [...svg.querySelectorAll('g')].toReversed()) if (group.childElementCount === 0) group.remove();
  const { width, height } = svg.viewBox.baseVal;
  const writer = new XMLSerializer();
  const content = [...svg.childNodes].map((child) => writer.serializeToString(child)).join('');
  return { width, height, content: withOwnNames(content.replaceAll(' xmlns="http://www.w3.org/2000/svg"', '')) };
}

/** The names of clips and patterns are counted from when the page was opened: here from the first one, so that the same chart is the same file. */
function withOwnNames(content: string): string {
  const names = [...content.matchAll(/ id="([^"]+)"/g)].map(([, name]) => name as string);
  return names.reduce(
    (text, name, at) => text.replaceAll(`id="${name}"`, `id="part${at + 1}"`).replaceAll(`url(#${name})`, `url(#part${at + 1})`),
    content,
  );
}

function lookOf(shape: Element): readonly (readonly [look: string, value: string])[] {
  const style = getComputedStyle(shape);
  const isText = shape.tagName === 'text' || shape.tagName === 'tspan';
  return Object.entries(looks)
    .filter(([look]) => isText || !onlyOfText.includes(look))
    .map(([look, usual]) => [look, plain(style.getPropertyValue(look)), usual] as const)
    .filter(([, value, usual]) => value !== '' && value !== usual)
    .map(([look, value]) => [look, value]);
}

/** As any program reads it: numbers without a unit, colours by their digits. */
const plain = (value: string): string =>
  value
    .replace(/(\d)px/g, '$1')
    .replace(/^rgb\((\d+), (\d+), (\d+)\)$/, (_, ...parts: string[]) => `#${parts.slice(0, 3).map(twoDigits).join('')}`)
    .replaceAll('"', '');

const twoDigits = (part: string) => Number(part).toString(16).padStart(2, '0');

const legendIn = (corner: HTMLElement): LegendEntry[] =>
  [...corner.querySelectorAll('.legend li')].map((entry) => {
    const line = entry.querySelector('line');
    const look = line ? lookOf(line).filter(([name]) => name !== 'fill') : [];
    const said = look.map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');
    return { name: entry.textContent?.trim() ?? '', sample: `<path d="M0 5.5h18" fill="none"${said}/>` };
  });

const chanceEntry: LegendEntry = {
  name: texts.panel.chance,
  sample: '<path d="M0 5.5h18" fill="none" stroke="var(--ink-soft)" stroke-dasharray="3 3"/>',
};

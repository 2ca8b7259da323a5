/** Points in the plane over the areas in which the model answers each class, each group in its colour and its shape. */
import type { Scatter } from '../core/evidence.ts';
import { roundTicks } from '../panels/axis.ts';
import { short } from '../panels/format.ts';
import { extentOf, mostMarks } from '../panels/scatter.tsx';
import { type Look, lookOf } from '../panels/strokes.ts';
import { thin } from '../panels/thin.ts';
import { texts } from '../store/texts.ts';
import { type Drawing, type LegendEntry, round, words } from './figure.ts';

const side = 260;
const [left, below] = [34, 18];

export function drawScatter({ groups, surface }: Scatter): Drawing {
  const [xMin, xMax, yMin, yMax] = surface?.extent ?? extentOf(groups);
  const across = (x: number) => left + ((x - xMin) / (xMax - xMin)) * side;
  const down = (y: number) => side - ((y - yMin) / (yMax - yMin)) * side;
  const areas = surface ? areasOf(surface) : '';
  const points = groups.flatMap(({ x, y }, group) =>
    thin(x.length, mostMarks).map((i) => mark(lookOf(group), across(x[i] as number), down(y[i] as number))),
  );
  const columns = roundTicks(xMin, xMax, 5).map((value) =>
    words(short(value), across(value), side + 14, 10, 'var(--ink-soft)', 'text-anchor="middle"'),
  );
  const rows = roundTicks(yMin, yMax, 5).map((value) =>
    words(short(value), left - 6, down(value) + 4, 10, 'var(--ink-soft)', 'text-anchor="end"'),
  );
  const border = `<rect x="${left}" y="0" width="${side}" height="${side}" fill="none" stroke="var(--line-strong)"/>`;
  return {
    width: left + side + 8,
    height: side + below,
    content: [areas, ...points, border, ...columns, ...rows].join(''),
  };
}

export function scatterLegend({ groups, surface }: Scatter): LegendEntry[] {
  const answers = [...new Set(surface?.classes)].sort((a, b) => a - b);
  return [
    ...groups.map(({ name }, group) => ({ name, sample: mark(lookOf(group), 9, 5) })),
    ...answers.map((answer) => ({
      name: texts.save.answers(answer),
      sample: `<rect width="18" height="10" fill="${lookOf(answer + 2).color}" opacity="0.22"/>`,
    })),
  ];
}

/** Fields that lie side by side and have the same answer are one rectangle. */
function areasOf({ columns, rows, classes }: NonNullable<Scatter['surface']>): string {
  const [width, height] = [side / columns, side / rows];
  const areas: string[] = [];
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < columns; from = to) {
      const answer = classes[row * columns + from] as number;
      while (to < columns && classes[row * columns + to] === answer) to++;
      // A hair wider than it is, so that no gap shows.
      areas.push(
        `<rect x="${round(left + from * width)}" y="${round(row * height)}" width="${round((to - from) * width + 0.1)}" height="${round(height + 0.1)}" fill="${lookOf(answer + 2).color}"/>`,
      );
    }
  return `<g opacity="0.22" shape-rendering="crispEdges">${areas.join('')}</g>`;
}

function mark({ shape, color }: Look, x: number, y: number): string {
  const r = 3;
  switch (shape) {
    case 'circle':
      return `<circle cx="${round(x)}" cy="${round(y)}" r="${r}" fill="${color}"/>`;
    case 'square':
      return `<rect x="${round(x - r)}" y="${round(y - r)}" width="${2 * r}" height="${2 * r}" fill="${color}"/>`;
    case 'triangle':
      return `<path d="M${round(x)} ${round(y - r)}l${r} ${2 * r}h${-2 * r}Z" fill="${color}"/>`;
    case 'diamond':
      return `<path d="M${round(x)} ${round(y - r)}l${r} ${r}l${-r} ${r}l${-r} ${-r}Z" fill="${color}"/>`;
    default:
      return shape satisfies never;
  }
}

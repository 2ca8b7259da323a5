/** Points in the plane over the areas in which the model answers each class, on one canvas. */
import { useMantineColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Scatter } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { short } from './format.ts';
import { Frame } from './frame.tsx';
import { Legend } from './legend.tsx';
import { lookOf } from './strokes.ts';
import { thin } from './thin.ts';

/** Canvas pixels a side; shown smaller, so that it stays sharp. */
const side = 480;
/** Of one group: more would only cover each other. */
export const mostMarks = 1000;

export function ScatterPanel({ evidence }: { readonly evidence: Scatter }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { title, groups, surface } = evidence;
  const { colorScheme } = useMantineColorScheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a canvas keeps the colours of the theme in which it was drawn
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) draw(context, evidence);
  }, [evidence, colorScheme]);
  return (
    <Frame
      title={title}
      description={texts.panel.scatter(
        title,
        groups.map(({ name, x }) => `${name}: ${x.length}`).join(', '),
        surface !== undefined,
      )}
      cells={() => ({
        columns: [texts.panel.name, 'x', 'y'],
        rows: groups.flatMap(({ name, x, y }) => thin(x.length).map((i) => [name, short(x[i] as number), short(y[i] as number)])),
      })}
    >
      <Legend items={groups.map(({ name }) => ({ name }))} />
      <canvas ref={canvas} className="scatter" width={side} height={side} />
    </Frame>
  );
}

function draw(context: CanvasRenderingContext2D, evidence: Scatter): void {
  const { groups, surface } = evidence;
  const style = getComputedStyle(context.canvas);
  const colorOf = (index: number) => style.getPropertyValue(lookOf(index).color.slice(4, -1)).trim();
  const [xMin, xMax, yMin, yMax] = surface?.extent ?? extentOf(groups);
  context.clearRect(0, 0, side, side);
  if (surface) {
    context.globalAlpha = 0.22;
    const [width, height] = [side / surface.columns, side / surface.rows];
    surface.classes.forEach((answer, cell) => {
      context.fillStyle = colorOf(answer + 2); // not the colours of the first two groups
      const [column, row] = [cell % surface.columns, Math.floor(cell / surface.columns)];
      context.fillRect(column * width, row * height, Math.ceil(width), Math.ceil(height));
    });
    context.globalAlpha = 1;
  }
  groups.forEach(({ x, y }, group) => {
    context.strokeStyle = context.fillStyle = colorOf(group);
    for (const i of thin(x.length, mostMarks)) {
      const px = (((x[i] as number) - xMin) / (xMax - xMin)) * side;
      const py = side - (((y[i] as number) - yMin) / (yMax - yMin)) * side;
      mark(context, lookOf(group).shape, px, py);
    }
  });
}

function mark(context: CanvasRenderingContext2D, shape: string, x: number, y: number): void {
  const r = 5;
  context.beginPath();
  if (shape === 'circle') context.arc(x, y, r, 0, 2 * Math.PI);
  else if (shape === 'square') context.rect(x - r, y - r, 2 * r, 2 * r);
  else {
    const corners =
      shape === 'triangle'
        ? [
            [0, -r],
            [r, r],
            [-r, r],
          ]
        : [
            [0, -r],
            [r, 0],
            [0, r],
            [-r, 0],
          ];
    for (const [dx, dy] of corners as [number, number][]) context.lineTo(x + dx, y + dy);
  }
  context.fill();
}

export function extentOf(groups: Scatter['groups']): readonly [number, number, number, number] {
  const xs = groups.flatMap(({ x }) => x);
  const ys = groups.flatMap(({ y }) => y);
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return [least(xs), most(xs), least(ys), most(ys)];
}

/** A small filled shape in the colour of its text: a circle, a square, a triangle or a diamond, so that nobody needs the colour. */
import { lookOf } from './strokes.ts';

const paths = {
  circle: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z',
  square: 'M-4.5 -4.5h9v9h-9z',
  triangle: 'M0 -6l6 10.5h-12z',
  diamond: 'M0 -6.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z',
} as const;

interface ShapeProps {
  readonly shape: number;
  readonly x: number;
  readonly y: number;
}

export function ShapeMark({ shape, x, y }: ShapeProps) {
  return <path className="shape-mark" transform={`translate(${x} ${y})`} d={paths[lookOf(shape).shape]} />;
}

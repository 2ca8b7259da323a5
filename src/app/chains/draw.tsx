/**
 * Drawing on the loop: arrows along which the chain can go on are dashed, and are drawn from node to node, or chosen by a click. Whoever
 * draws with no pointer has buttons for the same arrows in the composer.
 */
import { type PointerEvent, useMemo, useState } from 'react';
import type { Axis } from '../../core/attack.ts';
import { axesAhead } from '../../store/compose.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { arrowPaths } from '../loop-picture.tsx';

type Asset = 'data' | 'model';
type Point = readonly [x: number, y: number];

/** Where the two nodes lie in the picture. */
const nodes: Record<Asset, { readonly x: number; readonly y: number; readonly width: number; readonly height: number }> = {
  data: { x: 8, y: 111, width: 92, height: 42 },
  model: { x: 240, y: 111, width: 94, height: 42 },
};

/** Along which arrows the chain goes on, or the one that is drawn anew. */
export function useAxesAhead(): readonly Axis[] {
  const { catalog } = useLabParts();
  const given = useChain((state) => state.given);
  const drawn = useChain((state) => state.drawn);
  return useMemo(() => axesAhead(given, drawn, catalog), [given, drawn, catalog]);
}

/** @param used arrows that are there already: no dashes over them */
export function DrawLayer({ used }: { readonly used: readonly Axis[] }) {
  const ahead = useAxesAhead();
  const along = useChain((state) => state.along);
  /** Where a drawing began, where it is, and whether it has left its node: a click on a node is no arrow. */
  const [stroke, setStroke] = useState<{ from: Asset; start: Point; to: Point; left: boolean } | null>(null);

  const begin = (event: PointerEvent<SVGRectElement>, from: Asset) => {
    const start = pointOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    setStroke({ from, start, to: start, left: false });
  };
  const move = (event: PointerEvent<SVGRectElement>) => {
    if (!stroke) return;
    const to = pointOf(event);
    setStroke({ ...stroke, to, left: stroke.left || nodeAt(to) !== stroke.from });
  };
  const end = () => {
    const at = stroke && nodeAt(stroke.to);
    if (stroke?.left && at) along(`${stroke.from}-to-${at}`);
    setStroke(null);
  };
  return (
    <g>
      {ahead.map((axis) => (
        <g key={axis} className="chains-ahead" onPointerUp={() => along(axis)}>
          {!used.includes(axis) && <path className="chains-ahead-line" d={arrowPaths[axis]} />}
          <path className="chains-ahead-target" d={arrowPaths[axis]} data-testid={`draw-${axis}`} />
        </g>
      ))}
      {(Object.keys(nodes) as Asset[]).map((asset) => (
        <rect
          key={asset}
          className="chains-node"
          data-testid={`node-${asset}`}
          {...nodes[asset]}
          onPointerDown={(event) => begin(event, asset)}
          onPointerMove={move}
          onPointerUp={end}
          onPointerCancel={() => setStroke(null)}
        />
      ))}
      {stroke && <path className="chains-stroke" d={`M${stroke.start.join(' ')}L${stroke.to.join(' ')}`} />}
    </g>
  );
}

const nodeAt = ([x, y]: Point): Asset | undefined =>
  (Object.keys(nodes) as Asset[]).find((asset) => {
    const node = nodes[asset];
    return x >= node.x && x <= node.x + node.width && y >= node.y && y <= node.y + node.height;
  });

/** Where in the picture a pointer is. */
function pointOf({ currentTarget, clientX, clientY }: PointerEvent<SVGRectElement>): Point {
  const matrix = currentTarget.getScreenCTM();
  if (!matrix) return [0, 0];
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
  return [x, y];
}

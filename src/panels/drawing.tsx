/** A small picture that is drawn pixel by pixel. Each pixel is a button, so that it can be drawn with the keyboard too. */
import type { PointerEvent } from 'react';
import type { DrawingParam } from '../core/params.ts';
import { said } from '../languages/said.ts';
import { texts } from '../store/texts.ts';

interface DrawingProps {
  readonly param: DrawingParam;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What a pixel is after a click. */
const next: Readonly<Record<string, string>> = { w: 'b', b: '.', '.': 'w' };

export function DrawingControl({ param: { label, says, maxSide }, value, onChange }: DrawingProps) {
  const rows = value.split('/');
  const side = Math.max(rows.length, (rows[0] as string).length);
  const set = (row: number, column: number, pixel: string) => {
    const changed = rows.map((line, r) => (r === row ? line.slice(0, column) + pixel + line.slice(column + 1) : line));
    if (/[wb]/.test(changed.join(''))) onChange(changed.join('/')); // the last pixel stays: an empty patch is none
  };
  const resized = (to: number) => Array.from({ length: to }, (_, r) => (rows[r] ?? '').padEnd(to, 'w').slice(0, to)).join('/');
  return (
    <fieldset className="drawing">
      <legend>{said(label)}</legend>
      <p>
        {said(says)} {texts.drawing.hint}
      </p>
      <div className="drawing-pixels" style={columnsOf(rows, 24)}>
        {rows.flatMap((line, row) =>
          [...line].map((pixel, column) => (
            <button
              type="button"
              // biome-ignore lint/suspicious/noArrayIndexKey: a pixel is its place
              key={`${row} ${column}`}
              className="drawing-pixel"
              data-pixel={pixel}
              aria-label={texts.drawing.pixel(row + 1, column + 1, texts.drawing.states[pixel] as string)}
              onClick={() => set(row, column, next[pixel] as string)}
            />
          )),
        )}
      </div>
      <button type="button" className="drawing-size" disabled={side >= maxSide} onClick={() => onChange(resized(side + 1))}>
        {texts.drawing.larger}
      </button>{' '}
      <button type="button" className="drawing-size" disabled={side <= 1} onClick={() => onChange(resized(side - 1))}>
        {texts.drawing.smaller}
      </button>
    </fieldset>
  );
}

const columnsOf = (rows: readonly string[], side: number) => ({
  gridTemplateColumns: `repeat(${(rows[0] as string).length}, ${side}px)`,
});

interface PlaceProps {
  readonly drawing: string;
  readonly placedBy: { readonly down: string; readonly right: string };
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (key: string, value: number) => void;
}

/** Sides of the stage and of one pixel of the drawing on it, as on a picture of 28 × 28. */
const [stage, pixelSide] = [112, 4];
const keyStep = 0.05;

/** Where on a picture the drawing lies: dragged with a pointer, or moved with the arrow keys. */
export function PlaceControl({ drawing, placedBy, values, onChange }: PlaceProps) {
  const rows = drawing.split('/');
  const [down, right] = [Number(values[placedBy.down]), Number(values[placedBy.right])];
  const room = { down: stage - pixelSide * rows.length, right: stage - pixelSide * (rows[0] as string).length };
  const move = (toDown: number, toRight: number) => {
    const share = (value: number) => Number(Math.min(1, Math.max(0, value)).toFixed(2));
    if (share(toDown) !== down) onChange(placedBy.down, share(toDown));
    if (share(toRight) !== right) onChange(placedBy.right, share(toRight));
  };
  const drag = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const centre = { down: (pixelSide * rows.length) / 2, right: (stage - room.right) / 2 };
    move((event.clientY - box.top - centre.down) / room.down, (event.clientX - box.left - centre.right) / room.right);
  };
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [-keyStep, 0],
    ArrowDown: [keyStep, 0],
    ArrowLeft: [0, -keyStep],
    ArrowRight: [0, keyStep],
  };
  return (
    <button
      type="button"
      className="drawing-stage"
      style={{ width: stage, height: stage }}
      aria-label={texts.drawing.place(down, right)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step) return;
        event.preventDefault();
        move(down + step[0], right + step[1]);
      }}
    >
      <span className="drawing-placed" style={{ ...columnsOf(rows, pixelSide), top: down * room.down, left: right * room.right }}>
        {[...rows.join('')].map((pixel, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pixel is its place
          <i key={i} className="drawing-pixel" data-pixel={pixel} style={{ width: pixelSide, height: pixelSide }} />
        ))}
      </span>
    </button>
  );
}

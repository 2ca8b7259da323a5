/** A small picture that is drawn pixel by pixel. Each pixel is a button, so that it can be drawn with the keyboard too. */
import type { DrawingParam } from '../core/params.ts';
import { texts } from '../store/texts.ts';

interface DrawingProps {
  readonly param: DrawingParam;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What a pixel is after a click. */
const next: Readonly<Record<string, string>> = { '#': '-', '-': '.', '.': '#' };

export function DrawingControl({ param: { label, says, maxSide }, value, onChange }: DrawingProps) {
  const rows = value.split('/');
  const side = Math.max(rows.length, (rows[0] as string).length);
  const set = (row: number, column: number, pixel: string) => {
    const changed = rows.map((line, r) => (r === row ? line.slice(0, column) + pixel + line.slice(column + 1) : line));
    if (/[#-]/.test(changed.join(''))) onChange(changed.join('/')); // the last pixel stays: an empty patch is none
  };
  const resized = (to: number) => Array.from({ length: to }, (_, r) => (rows[r] ?? '').padEnd(to, '#').slice(0, to)).join('/');
  return (
    <fieldset className="drawing">
      <legend>{label}</legend>
      <p>
        {says} {texts.drawing.hint}
      </p>
      <div className="drawing-pixels" style={{ gridTemplateColumns: `repeat(${(rows[0] as string).length}, 24px)` }}>
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
      <button type="button" disabled={side >= maxSide} onClick={() => onChange(resized(side + 1))}>
        {texts.drawing.larger}
      </button>{' '}
      <button type="button" disabled={side <= 1} onClick={() => onChange(resized(side - 1))}>
        {texts.drawing.smaller}
      </button>
    </fieldset>
  );
}

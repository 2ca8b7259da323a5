/** A small patch that can be drawn and moved about. */
import type { Trigger } from '../../core/artefact.ts';
import { drawing, range, type Values } from '../../core/params.ts';

export const patchParams = {
  trigger: drawing({
    label: 'Trigger',
    says: 'The patch, pixel by pixel: white, black, or left as it was.',
    maxSide: 8,
    placedBy: { down: 'top', right: 'left' },
    initial: 'www/www/www',
  }),
  top: range({
    label: 'Top',
    says: 'Where the patch lies, as a share of the way from the upper to the lower edge.',
    min: 0,
    max: 1,
    step: 0.05,
    initial: 1,
  }),
  left: range({
    label: 'Left',
    says: 'Where the patch lies, as a share of the way from the left to the right edge.',
    min: 0,
    max: 1,
    step: 0.05,
    initial: 1,
  }),
};

type Patch = Values<typeof patchParams>;

export function patchRefusal({ trigger }: Pick<Patch, 'trigger'>, shape: readonly number[]): string | undefined {
  if (shape.length !== 3) return `a patch is drawn on pictures, and one example here has shape [${shape.join(', ')}]`;
  const [height, width] = shape as [number, number];
  const [rows, columns] = sidesOf(trigger);
  if (rows <= height && columns <= width) return undefined;
  return `a patch of ${rows} × ${columns} pixels does not fit on pictures of ${height} × ${width}`;
}

/** With the options as they are when nobody sets them: 3 × 3 white pixels, flush in the lower right corner. */
export function patchTrigger({ trigger, top, left }: Patch, shape: readonly number[]): Trigger {
  const [height, width, channels] = shape as [number, number, number];
  const [rows, columns] = sidesOf(trigger);
  const [firstRow, firstColumn] = [Math.round(top * (height - rows)), Math.round(left * (width - columns))];
  const mask = new Float32Array(height * width * channels);
  const pattern = new Float32Array(height * width * channels);
  for (const [r, line] of trigger.split('/').entries()) {
    for (const [c, pixel] of [...line].entries()) {
      if (pixel === '.') continue;
      const at = ((firstRow + r) * width + firstColumn + c) * channels;
      mask.fill(1, at, at + channels);
      pattern.fill(pixel === 'w' ? 1 : 0, at, at + channels);
    }
  }
  return { mask, pattern };
}

function sidesOf(trigger: string): [rows: number, columns: number] {
  const lines = trigger.split('/');
  return [lines.length, (lines[0] as string).length];
}

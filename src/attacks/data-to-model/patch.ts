/** A square patch that can be moved about, in three patterns. */
import type { Trigger } from '../../core/attack.ts';
import { choice, count, range, type Values } from '../../core/params.ts';

export const patchParams = {
  patch: count({ label: 'Patch side', says: 'Width and height of the patch, in pixels.', min: 1, max: 16, step: 1, initial: 3 }),
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
  pattern: choice({
    label: 'Pattern',
    says: 'What is drawn in the patch.',
    choices: ['white', 'checkerboard', 'cross'],
    initial: 'white',
  }),
};

type Patch = Values<typeof patchParams>;

export function patchRefusal({ patch }: Pick<Patch, 'patch'>, shape: readonly number[]): string | undefined {
  const [height, width] = shape as [number, number];
  if (shape.length !== 3) return `a patch is drawn on pictures, and one example here has shape [${shape.join(', ')}]`;
  const side = Math.min(height, width);
  return patch <= side ? undefined : `a patch of ${patch} pixels does not fit on pictures of ${height} × ${width}`;
}

/** The reference's trigger, 3 × 3 white pixels flush in the lower right corner, is what the options are when nobody sets them. */
export function patchTrigger({ patch, top, left, pattern }: Patch, shape: readonly number[]): Trigger {
  const [height, width, channels] = shape as [number, number, number];
  const [firstRow, firstColumn] = [Math.round(top * (height - patch)), Math.round(left * (width - patch))];
  const mask = new Float32Array(height * width * channels);
  const values = new Float32Array(height * width * channels);
  for (let row = 0; row < patch; row++) {
    for (let column = 0; column < patch; column++) {
      const at = ((firstRow + row) * width + firstColumn + column) * channels;
      mask.fill(1, at, at + channels);
      values.fill(isLit(pattern, row, column, patch) ? 1 : 0, at, at + channels);
    }
  }
  return { mask, pattern: values };
}

function isLit(pattern: Patch['pattern'], row: number, column: number, side: number): boolean {
  switch (pattern) {
    case 'white':
      return true;
    case 'checkerboard':
      return (row + column) % 2 === 0;
    case 'cross':
      return row === column || row + column === side - 1;
    default:
      return pattern satisfies never;
  }
}

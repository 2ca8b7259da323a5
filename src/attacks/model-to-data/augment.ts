/** Shifted copies of pictures, the augmentation that digits bear: a 4 moved by a pixel is a 4. */

/** (0, 0) first, then the eight neighbours, nearest first. */
const shifts: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
];

/** Why inputs of such a shape cannot be shifted, or undefined where they can. */
export function shiftsRefusal(shape: readonly number[]): string | undefined {
  return shape.length === 3 ? undefined : `shifted copies need pictures, and one example here has shape [${shape.join(', ')}]`;
}

/** `views` copies of the inputs, the first one as they are, the others shifted by a pixel; what moves in is 0. */
export function augmentations(
  inputs: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  views: number,
): Float32Array<ArrayBuffer>[] {
  return shifts
    .slice(0, views)
    .map(([down, right]) => (down === 0 && right === 0 ? inputs : shifted(inputs, shape, down, right)));
}

function shifted(
  inputs: Float32Array<ArrayBuffer>,
  shape: readonly number[],
  down: number,
  right: number,
): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape as [number, number, number];
  const size = height * width * channels;
  const moved = new Float32Array(inputs.length);
  const [left, end] = [Math.max(0, right), Math.min(width, width + right)]; // columns that receive something
  for (let image = 0; image < inputs.length / size; image++) {
    for (let y = Math.max(0, down); y < Math.min(height, height + down); y++) {
      const from = image * size + ((y - down) * width + (left - right)) * channels;
      moved.set(inputs.subarray(from, from + (end - left) * channels), image * size + (y * width + left) * channels);
    }
  }
  return moved;
}

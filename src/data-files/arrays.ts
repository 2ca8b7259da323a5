/** Two arrays of numbers, inputs and labels, become examples: bytes are scaled to [0, 1], everything else stays as it is. */
import { examplesOf } from '../core/examples.ts';
import { InputError } from '../core/input-error.ts';
import { chooseArrays } from './choose-arrays.ts';
import { classesOfNumbers } from './classes.ts';
import { checkSize } from './limits.ts';
import type { NumberArray } from './number-array.ts';
import type { OwnData } from './own-data.ts';
import { rangeNotes } from './range-notes.ts';
import { counted, sides, summary } from './wording.ts';

/** The examples in `arrays`, which came in the one file `source` or in several. */
export function readArrays(source: string | undefined, arrays: readonly NumberArray[]): OwnData {
  const { inputs, labels } = chooseArrays(arrays);
  const rows = inputs.shape[0] as number;
  const shape = exampleShape(inputs);
  const size = shape.reduce((product, side) => product * side, 1);
  checkSize(inputs.name, rows, size);
  const { values, notes } = valuesOf(inputs, rows, size);
  const classes = classesOfNumbers(
    labels.name,
    Float64Array.from({ length: rows }, (_, row) => labels.at(row)),
    (row) => `row ${counted(row + 1)}`,
  );
  return {
    examples: examplesOf(values, classes.labels),
    shape,
    classNames: classes.classNames,
    columns: shape.length === 1 ? Array.from({ length: size }, (_, feature) => `feature ${feature + 1}`) : [],
    from: summary(source ?? inputs.name, rows, shape, classes.classNames.length),
    notes: [...notes, ...classes.notes, ...rangeNotes(values, shape)],
  };
}

/** `[features]` or `[height, width, channels]`. */
function exampleShape({ name, shape }: NumberArray): number[] {
  const [, first = 0, second = 0, third = 0] = shape;
  if (shape.length === 2) return [first];
  if (shape.length === 3) return [first, second, 1];
  if (isChannelsFirst(shape)) return [second, third, first];
  if (shape.length === 4 && isChannels(third)) return [first, second, third];
  throw new InputError(
    `${name} is ${sides(shape)}; rows × features, rows × height × width or rows × height × width × 1 or 3 channels are expected`,
  );
}

const isChannels = (side: number | undefined) => side === 1 || side === 3;
/** `[rows, channels, height, width]`, as PyTorch has them. */
const isChannelsFirst = (shape: readonly number[]) => shape.length === 4 && !isChannels(shape[3]) && isChannels(shape[1]);

/** `[rows, size]`, channels last. */
function valuesOf(inputs: NumberArray, rows: number, size: number): { values: Float32Array<ArrayBuffer>; notes: string[] } {
  const { name, shape, element } = inputs;
  const values = new Float32Array(rows * size);
  const notes: string[] = [];
  const channels = isChannelsFirst(shape) ? (shape[1] as number) : 1;
  if (channels > 1) notes.push(`The channels of ${name} come first and were moved last.`);
  const pixels = size / channels;
  let largest = 0;
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < size; place++) {
      const value = inputs.at(row * size + place);
      if (!Number.isFinite(Math.fround(value))) {
        throw new InputError(
          `${name} holds ${value} in row ${counted(row + 1)}, column ${counted(place + 1)}; finite 32-bit numbers are expected`,
        );
      }
      values[row * size + (place % pixels) * channels + Math.floor(place / pixels)] = value;
      if (value > largest) largest = value;
    }
  }
  // Bytes that are only 0 and 1 are flags, not shades.
  if (element === 'u1' && largest > 1) for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / 255;
  return { values, notes };
}

/** What a page shows of data before it is used. */
import type { OwnData } from './own-data.ts';
import { rangeOf } from './range-notes.ts';

export type FirstRows =
  | { readonly kind: 'pictures'; readonly width: number; readonly height: number; readonly pictures: readonly ShownPicture[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly ShownRow[] };

export interface ShownPicture {
  /** `[height, width, 4]`, opaque: what a canvas draws. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  /** The name of its class. */
  readonly caption: string;
}

export interface ShownRow {
  /** One for each column. */
  readonly values: readonly number[];
  readonly className: string;
}

/** The first `count` rows, or all if there are fewer. Pictures that leave [0, 1] are stretched: darkest black, lightest white. */
export function firstRows(data: OwnData, count: number): FirstRows {
  const { examples, shape, columns } = data;
  const shown = Array.from({ length: Math.min(count, examples.count) }, (_, row) => ({
    values: examples.inputs.subarray(row * examples.size, (row + 1) * examples.size),
    className: data.classNames[examples.labels[row] as number] as string,
  }));
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) {
    return { kind: 'table', columns, rows: shown.map(({ values, className }) => ({ values: [...values], className })) };
  }
  const { low, high } = rangeOf(examples.inputs);
  const [black, white] = low >= 0 && high <= 1 ? [0, 1] : [low, high];
  const pictures = shown.map(({ values, className }) => {
    const rgba = new Uint8ClampedArray(height * width * 4).fill(255);
    for (let pixel = 0; pixel < height * width; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        const value = values[pixel * channels + (channel % channels)] as number;
        rgba[pixel * 4 + channel] = ((value - black) / (white - black)) * 255; // the array rounds
      }
    }
    return { rgba, caption: className };
  });
  return { kind: 'pictures', width, height, pictures };
}

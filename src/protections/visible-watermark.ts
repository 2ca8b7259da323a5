/** A visible mark: a logo that lies half transparent over every picture, always at the same place, as agencies put it on their previews. */
import { progress } from '../core/event.ts';
import { oneHot } from '../core/examples.ts';
import { drawing, range } from '../core/params.ts';
import { defineProtection } from '../core/protection.ts';
import { mean } from '../core/statistics.ts';
import { onlyPictures } from './marked.ts';

/** How much of the shorter side the logo covers. */
const share = 0.75;

export default defineProtection({
  id: 'visible-watermark',
  title: 'Visible logo',
  says: 'Lays a half transparent logo over every picture, always at the same place. Everybody sees whose it is; who takes the logo off by hand has to paint what was under it.',
  paper: {
    title: 'On the Effectiveness of Visible Watermarks',
    authors: 'Dekel, Rubinstein, Liu, Freeman',
    venue: 'CVPR',
    year: 2017,
    doi: '10.1109/CVPR.2017.726',
  },
  access: 'marked-pictures',
  params: {
    logo: drawing({
      label: 'Logo',
      says: 'Cell by cell: white, black, or left as it was. It is stretched over the middle of the picture.',
      maxSide: 8,
      initial: '..wwww../.w....w./w..ww..w/w.w....w/w.w....w/w..ww..w/.w....w./..wwww..',
    }),
    opacity: range({
      label: 'Opacity',
      says: 'How much of what lies under the logo it covers.',
      min: 0.02,
      max: 0.95,
      step: 0.02,
      initial: 0.4,
    }),
  },
  refuses({ logo }, setting) {
    const [height, width] = setting.shape as [number, number];
    const [rows, columns] = [logo.split('/').length, logo.indexOf('/') < 0 ? logo.length : logo.indexOf('/')];
    const cell = cellOf(logo, Math.min(height, width));
    const fits = cell >= 1 || setting.shape.length !== 3;
    if (!fits) return `a logo of ${rows} × ${columns} cells does not fit on pictures of ${height} × ${width}`;
    return new Set(logo.replaceAll('/', '')).size > 1 ? onlyPictures(setting) : 'a logo of one shade has no shape';
  },
  async *protect({ logo, opacity }, { examples, test, shape, classes }) {
    yield progress('marking the pictures', 0, 1);
    const { inputs, size, count } = examples;
    const cells = cellsOf(logo, shape);
    const shades = new Float32Array(size).fill(Number.NaN);
    for (const { shade, places } of cells) if (shade !== undefined) for (const at of places) shades[at] = shade;
    const marked = inputs.map((value, i) => {
      const shade = shades[i % size] as number;
      return Number.isNaN(shade) ? value : (1 - opacity) * value + opacity * shade;
    });
    const usual = Float32Array.from({ length: size }, (_, at) => {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += inputs[row * size + at] as number;
      return sum / count;
    });
    const comparisons = comparisonsOf(cells);
    const message = Uint8Array.from(comparisons, ({ lighter }) => (lighter ? 1 : 0));
    return {
      released: { count, pictures: marked, labels: examples.labels },
      learnable: { shape, inputs: marked, targets: oneHot(examples.labels, classes), test },
      reader: {
        bits: comparisons.length,
        messageOf: () => message,
        /** A bit a cell: whether it is lighter than the nearest cells of another shade, beyond what such pictures are there. */
        async read(pictures) {
          const found = new Uint8Array((pictures.length / size) * comparisons.length);
          for (let row = 0; row < pictures.length / size; row++) {
            const picture = pictures.subarray(row * size, (row + 1) * size);
            const beyond = cells.map(({ places }) => mean(places.map((at) => (picture[at] as number) - (usual[at] as number))));
            const lighter = comparisons.map(
              ({ cell, near }) => (beyond[cell] as number) > mean(near.map((j) => beyond[j] as number)),
            );
            found.set(Uint8Array.from(lighter, Number), row * comparisons.length);
          }
          return found;
        },
      },
    };
  },
});

/** A cell of a logo: its shade, where it has one, and the values of a picture that it covers. */
interface Cell {
  readonly row: number;
  readonly column: number;
  readonly shade: number | undefined;
  readonly places: readonly number[];
}

const shadeOf = { w: 1, b: 0, '.': undefined };

/** Pixels along a cell's side. */
function cellOf(logo: string, side: number): number {
  const rows = logo.split('/');
  return Math.floor((share * side) / Math.max(rows.length, (rows[0] as string).length));
}

function cellsOf(logo: string, shape: readonly number[]): Cell[] {
  const [height, width, channels] = shape as [number, number, number];
  const side = cellOf(logo, Math.min(height, width));
  const rows = logo.split('/');
  const [top, left] = [
    Math.floor((height - side * rows.length) / 2),
    Math.floor((width - side * (rows[0] as string).length) / 2),
  ];
  return rows.flatMap((line, row) =>
    Array.from(line, (sign, column): Cell => {
      const places = Array.from({ length: side * side * channels }, (_, i) => {
        const pixel = Math.floor(i / channels);
        const [y, x] = [top + row * side + Math.floor(pixel / side), left + column * side + (pixel % side)];
        return (y * width + x) * channels + (i % channels);
      });
      return { row, column, shade: shadeOf[sign as keyof typeof shadeOf], places };
    }),
  );
}

interface Comparison {
  readonly cell: number;
  /** The nearest cells of another shade. */
  readonly near: readonly number[];
  /** Whether this cell is made lighter than those, or darker. */
  readonly lighter: boolean;
}

/** One a cell, but for those that are as light as their surroundings are on average. */
function comparisonsOf(cells: readonly Cell[]): Comparison[] {
  const level = ({ shade }: Cell) => (shade === undefined ? 0 : 2 * shade - 1);
  return cells.flatMap((one, cell): Comparison[] => {
    const apart = cells.map((other) =>
      level(other) === level(one)
        ? Number.POSITIVE_INFINITY
        : Math.max(Math.abs(other.row - one.row), Math.abs(other.column - one.column)),
    );
    const nearest = Math.min(...apart);
    const near = apart.flatMap((own, j) => (own === nearest ? [j] : []));
    const contrast = level(one) - mean(near.map((j) => level(cells[j] as Cell)));
    return contrast === 0 ? [] : [{ cell, near, lighter: contrast > 0 }];
  });
}

/** A picture at another size: each new pixel is the mean of the area that it covers, counting cut pixels by their share. */
import type { Pixels } from './own-data.ts';

/** `[height, width, 3]` values from 0 to 255, exactly its own at the picture's own size. Transparent pixels are laid over white. */
export function areaAverage({ rgba, ...from }: Pixels, height: number, width: number): Float64Array {
  const averaged = new Float64Array(height * width * 3);
  const columns = shares(from.width, width);
  shares(from.height, height).forEach((rows, y) => {
    for (let x = 0; x < from.width; x++) {
      const at = (y * from.width + x) * 4;
      const opacity = rgba[at + 3] as number;
      for (const row of rows) {
        for (const column of columns[x] as readonly Share[]) {
          const share = row.share * column.share;
          const to = (row.of * width + column.of) * 3;
          for (let channel = 0; channel < 3; channel++) {
            const over = opacity === 255 ? (rgba[at + channel] as number) : overWhite(rgba[at + channel] as number, opacity);
            averaged[to + channel] = (averaged[to + channel] as number) + over * share;
          }
        }
      }
    }
  });
  return averaged;
}

const overWhite = (value: number, opacity: number) => 255 + ((value - 255) * opacity) / 255;

interface Share {
  /** Which new pixel. */
  readonly of: number;
  /** How much of it the old pixel makes up. */
  readonly share: number;
}

/** What each of `from` old pixels makes up of `to` new ones, in one direction: 3 to 2 gives [⅔ of 0], [⅓ of 0, ⅓ of 1], [⅔ of 1]. */
function shares(from: number, to: number): readonly Share[][] {
  return Array.from({ length: from }, (_, old) => {
    const [begin, end] = [(old * to) / from, ((old + 1) * to) / from];
    const found: Share[] = [];
    for (let of = Math.floor(begin); of < end && of < to; of++) {
      found.push({ of, share: Math.min(end, of + 1) - Math.max(begin, of) });
    }
    return found;
  });
}

/** A grid of pictures with captions, and whether the attacker was right about each. */
import type { Images } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { type Drawing, type LegendEntry, type Measure, round, words, wrapped } from './figure.ts';

/** About as large as this; a picture's pixels stay whole, also at twice the size. */
const side = 60;
const gap = 8;
const size = 9;
const lineHeight = 11;
const usualColumns = 6;

/** How many pixels of a file, at twice the size, one pixel of a picture takes up. */
export const magnification = ({ width }: Pick<Images, 'width'>): number => Math.max(1, Math.round((2 * side) / width));

/** @param addresses of the pictures, each magnified */
export function drawPictures(evidence: Images, addresses: readonly string[], measure: Measure): Drawing {
  const { items, width, height } = evidence;
  const scale = magnification(evidence) / 2;
  const [wide, high] = [width * scale, height * scale];
  const columns = Math.min(items.length, evidence.columns ? evidence.columns * groupsFor(evidence.columns) : usualColumns);
  const captions = items.map(({ caption, mark }) =>
    wrapped(`${mark ? `${sign[mark]} ` : ''}${caption}`, wide + gap - 2, (text) => measure(text, size)),
  );
  const parts: string[] = [];
  let top = 2;
  for (let first = 0; first < items.length; first += columns) {
    const row = items.slice(first, first + columns);
    for (const [column, { mark }] of row.entries()) {
      const x = column * (wide + gap) + gap / 2;
      parts.push(
        `<image x="${x}" y="${top}" width="${wide}" height="${high}" href="${addresses[first + column]}" image-rendering="pixelated"/>`,
        frame(mark, x, top, wide, high),
        ...(captions[first + column] ?? []).map((line, at) =>
          words(line, x + wide / 2, top + high + 11 + at * lineHeight, size, 'var(--ink)', 'text-anchor="middle"'),
        ),
      );
    }
    const lines = Math.max(0, ...captions.slice(first, first + columns).map(({ length }) => length));
    top += high + lines * lineHeight + 12;
  }
  return { width: round(columns * (wide + gap)), height: round(top - 6), content: parts.join('') };
}

export function picturesLegend({ items }: Images): LegendEntry[] {
  const marks = (['right', 'wrong'] as const).filter((mark) => items.some((item) => item.mark === mark));
  return marks.map((mark) => ({ name: `${sign[mark]} ${texts.panel[mark]}`, sample: frame(mark, 2, 0, 12, 9) }));
}

const sign = { right: '●', wrong: '○' } as const;

/** As many groups of pictures that belong together lie side by side as on the page. */
const groupsFor = (columns: number) => Math.max(1, Math.floor(usualColumns / columns));

function frame(mark: Images['items'][number]['mark'], x: number, y: number, width: number, height: number): string {
  const color = mark === 'right' ? 'var(--attack)' : 'var(--line-strong)';
  const dash = mark === 'wrong' ? ' stroke-dasharray="4 3"' : '';
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${color}" stroke-width="${mark ? 2 : 1}"${dash}/>`;
}

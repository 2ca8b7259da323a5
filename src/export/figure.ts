/** A figure that can stand in a paper: a title, a legend, what is drawn, and a line that says where it is from, as SVG text. */
import { escaped } from './xml.ts';

/** How wide a text is, in pixels. */
export type Measure = (text: string, size: number, bold?: boolean) => number;

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Elements of SVG. */
  readonly content: string;
}

export interface LegendEntry {
  readonly name: string;
  /** Elements of SVG in a field of 18 × 10. */
  readonly sample: string;
}

export interface Figure {
  readonly title: string;
  /** One sentence for those who cannot see it. */
  readonly description: string;
  readonly legend: readonly LegendEntry[];
  readonly drawing: Drawing;
  readonly foot: string;
}

export const fontFamily = 'Arial, Helvetica, sans-serif';
const margin = 12;
const narrowest = 240;
const sample = { width: 18, height: 10 };
const titleSize = 13;
const legendSize = 11;
const footSize = 9;

export function figureSvg({ title, description, legend, drawing, foot }: Figure, measure: Measure): string {
  const inner = Math.max(narrowest, drawing.width);
  const parts: string[] = [];
  let y = margin;
  for (const line of wrapped(title, inner, (text) => measure(text, titleSize, true))) {
    y += 16;
    parts.push(words(line, margin, y - 4, titleSize, 'var(--ink)', 'font-weight="700"'));
  }
  y += 2;
  if (legend.length > 0) {
    let x = 0;
    y += 15;
    for (const { name, sample: drawn } of legend) {
      const width = sample.width + 5 + measure(name, legendSize);
      if (x > 0 && x + width > inner) {
        x = 0;
        y += 15;
      }
      parts.push(`<g transform="translate(${margin + round(x)} ${y - 9})">${drawn}</g>`);
      parts.push(words(name, margin + x + sample.width + 5, y, legendSize, 'var(--ink)'));
      x += width + 14;
    }
    y += 3;
  }
  y += 6;
  parts.push(`<g transform="translate(${margin + round((inner - drawing.width) / 2)} ${y})">${drawing.content}</g>`);
  y += drawing.height + 4;
  for (const line of wrapped(foot, inner, (text) => measure(text, footSize))) {
    y += 12;
    parts.push(words(line, margin, y, footSize, 'var(--ink-soft)'));
  }
  const [width, height] = [Math.ceil(inner + 2 * margin), Math.ceil(y + margin)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontFamily}">`,
    `<title>${escaped(title)}</title>${description === title ? '' : `<desc>${escaped(description)}</desc>`}`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** @param more attributes */
export const words = (text: string, x: number, y: number, size: number, color: string, more = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${color}"${more && ` ${more}`} xml:space="preserve">${escaped(text)}</text>`;

export const round = (value: number): number => Number(value.toFixed(2));

/** Lines that are no wider than that; a word that is, is cut. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = '';
    for (const letter of word) {
      if (line && measure(line + letter) > width) {
        lines.push(line);
        line = '';
      }
      line += letter;
    }
  }
  return line ? [...lines, line] : lines;
}

/** Figures as SVG text, with letters that are all half as wide as they are high. */
import { describe, expect, test } from 'vitest';
import { drawConfusion } from '../../src/export/draw-confusion.ts';
import { drawPictures, magnification } from '../../src/export/draw-pictures.ts';
import { drawScatter, scatterLegend } from '../../src/export/draw-scatter.ts';
import { drawText } from '../../src/export/draw-text.ts';
import { figureSvg, wrapped } from '../../src/export/figure.ts';

const measure = (text: string, size: number) => (text.length * size) / 2;
const textsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

describe('a figure', () => {
  const drawing = { width: 200, height: 100, content: '<path d="M0 0h1"/>' };
  const parts = { title: 'A <b> & c', description: 'Says "it".', legend: [], drawing, foot: 'Threatloop · seed 1' };

  test('holds title, legend, drawing and foot, with all that is written escaped', () => {
    const legend = [{ name: 'members', sample: '<path d="M0 5h18"/>' }];
    const svg = figureSvg({ ...parts, legend }, measure);
    expect(svg).toContain('<title>A &lt;b&gt; &amp; c</title><desc>Says &quot;it&quot;.</desc>');
    expect(textsIn(svg)).toEqual(['A &lt;b&gt; &amp; c', 'members', 'Threatloop · seed 1']);
    expect(svg).toContain('<path d="M0 0h1"/>');
    expect(svg).toContain('<path d="M0 5h18"/>');
  });

  test('grows with a title and a legend that need more lines', () => {
    const heightOf = (svg: string) => Number(/height="(\d+)"/.exec(svg)?.[1]);
    const plain = heightOf(figureSvg(parts, measure));
    expect(heightOf(figureSvg({ ...parts, title: 'word '.repeat(20) }, measure))).toBeGreaterThan(plain);
    const legend = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `series ${i}`, sample: '' }));
    const [one, many] = [1, 9].map((count) => heightOf(figureSvg({ ...parts, legend: legend(count) }, measure)));
    expect(many).toBeGreaterThan(one as number);
  });

  test('takes out what no XML may hold', () => {
    expect(figureSvg({ ...parts, title: 'a\u0000\u001bb' }, measure)).toContain('<title>ab</title>');
  });

  test('breaks lines between words, and a word only where it is wider than the line', () => {
    const length = (text: string) => text.length;
    expect(wrapped('one two three', 7, length)).toEqual(['one two', 'three']);
    expect(wrapped('a verylongword b', 5, length)).toEqual(['a', 'veryl', 'ongwo', 'rd b']);
    expect(wrapped('', 5, length)).toEqual([]);
  });
});

describe('drawings', () => {
  test('of pictures put each in its place, whole pixels wide at twice the size, framed by how right it was', () => {
    const items = Array.from({ length: 8 }, (_, i) => ({ caption: `${i}`, ...(i === 0 && { mark: 'right' as const }) }));
    const evidence = {
      kind: 'images',
      title: 'T',
      height: 28,
      width: 28,
      channels: 1,
      pixels: new Float32Array(8 * 784),
      items,
    } as const;
    expect((magnification(evidence) * 28) / 2).toBe(56);
    const { content, width } = drawPictures(
      evidence,
      items.map((_, i) => `data:${i}`),
      measure,
    );
    const places = [...content.matchAll(/<image x="([\d.]+)" y="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(places).toHaveLength(8);
    expect(places[6]?.[0]).toBe(places[0]?.[0]); // six in a row
    expect(places[6]?.[1]).toBeGreaterThan((places[0]?.[1] ?? 0) + 56);
    expect(width).toBe(6 * 64);
    expect(textsIn(content)[0]).toBe('● 0');
    expect(content.match(/var\(--attack\)/g)).toHaveLength(1);
  });

  test('of points merge fields with the same answer, and tell classes and groups in the legend', () => {
    const surface = { columns: 4, rows: 2, extent: [0, 1, 0, 1] as const, classes: Uint8Array.of(0, 0, 1, 1, 1, 1, 1, 1) };
    const evidence = { kind: 'scatter', title: 'T', groups: [{ name: 'members', x: [0.5], y: [0.5] }], surface } as const;
    const { content } = drawScatter(evidence);
    const areas = content.slice(0, content.indexOf('</g>'));
    expect(areas.match(/<rect/g)).toHaveLength(3);
    expect(content.match(/<circle/g)).toHaveLength(1);
    expect(scatterLegend(evidence).map(({ name }) => name)).toEqual(['members', 'answers class 0', 'answers class 1']);
  });

  test('of answers have a field for each pair', () => {
    const counts = [
      [5, 0],
      [1, 4],
    ];
    const { content } = drawConfusion({ kind: 'confusion', title: 'T', classes: ['cat', 'dog'], counts }, measure);
    expect(textsIn(content)).toEqual(['5', '0', '1', '4', 'cat', 'cat', 'dog', 'dog', 'answer', 'truth']);
  });

  test('of a passage keep its lines, break long ones, and mark what leaked', () => {
    const spans = [{ text: 'one\ntwo ' }, { text: 'secret', mark: 'leak' as const }, { text: `\n${'word '.repeat(40)}\n` }];
    const { content, height } = drawText({ kind: 'text', title: 'T', spans }, measure);
    const lines = new Set([...content.matchAll(/<text x="[\d.]+" y="([\d.]+)"/g)].map(([, y]) => y));
    expect(lines.size).toBe(2 + 3); // 40 words of 30 pixels each on lines of 420
    expect(height).toBe(5 * 18 + 2);
    expect(content).toMatch(/<rect [^>]*width="36" [^>]*fill="var\(--attack\)"/);
    expect(textsIn(content).every((text) => text === text?.trimEnd() || text === 'two ')).toBe(true);
  });
});

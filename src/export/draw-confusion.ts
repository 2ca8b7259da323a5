/** What the model answered for each true class: a field for each pair, the darker the more. */
import type { Confusion } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { type Drawing, type Measure, words } from './figure.ts';

const field = { width: 34, height: 22 };
const size = 10;

export function drawConfusion({ classes, counts }: Confusion, measure: Measure): Drawing {
  const most = Math.max(1, ...counts.flat());
  const left = Math.max(0, ...classes.map((name) => measure(name, size))) + 24;
  const top = 34;
  const [width, height] = [classes.length * field.width, classes.length * field.height];
  const fields = counts.flatMap((row, truth) =>
    row.map((count, answer) => {
      const [x, y] = [left + answer * field.width, top + truth * field.height];
      const right = truth === answer;
      const border = right ? 'var(--ink-soft)' : '#fff';
      return [
        `<rect x="${x + 0.5}" y="${y + 0.5}" width="${field.width - 1}" height="${field.height - 1}" fill="var(--data)" fill-opacity="${((0.45 * count) / most).toFixed(3)}" stroke="${border}"/>`,
        words(
          String(count),
          x + field.width / 2,
          y + 15,
          size,
          'var(--ink)',
          `text-anchor="middle"${right ? ' font-weight="700"' : ''}`,
        ),
      ].join('');
    }),
  );
  const names = classes.flatMap((name, at) => [
    words(name, left - 6, top + at * field.height + 15, size, 'var(--ink)', 'text-anchor="end"'),
    words(name, left + (at + 0.5) * field.width, top - 6, size, 'var(--ink)', 'text-anchor="middle"'),
  ]);
  const axes = [
    words(texts.panel.answer, left + width / 2, 12, size, 'var(--ink-soft)', 'text-anchor="middle"'),
    `<g transform="translate(10 ${top + height / 2}) rotate(-90)">${words(texts.panel.truth, 0, 0, size, 'var(--ink-soft)', 'text-anchor="middle"')}</g>`,
  ];
  return { width: left + width + 4, height: top + height + 4, content: [...fields, ...names, ...axes].join('') };
}

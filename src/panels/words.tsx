/** Evidence that is read rather than seen: a passage of text, a table, a confusion matrix, a verdict. */
import { use } from 'react';
import type { Confusion, Table, TextEvidence, TextSpan, Verdict } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { percent } from './format.ts';
import { CellTable, Frame, PanelMenu } from './frame.tsx';

export function TextPanel({ evidence: { title, spans } }: { readonly evidence: TextEvidence }) {
  const count = (sought: TextSpan['mark']) => spans.filter(({ mark }) => mark === sought).length;
  return (
    <Frame
      wide
      readable
      title={title}
      description={texts.panel.text(title, count('leak'), count('green'))}
      cells={() => ({
        columns: [texts.panel.name, texts.panel.mark],
        rows: spans.map(({ text, mark, probability }) => [
          text,
          mark ? texts.panel[mark] : probability === undefined ? '' : percent(probability),
        ]),
      })}
    >
      <p className="passage">
        {spans.map(({ text, mark, probability }, index) =>
          mark ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place of a span is its name
            <mark key={index} className={`mark-${mark}`}>
              <span className="visually-hidden">{texts.panel[mark]}: </span>
              {text}
            </mark>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place of a span is its name
            <span key={index} style={probability === undefined ? undefined : shadeOf(probability)}>
              {text}
            </span>
          ),
        )}
      </p>
    </Frame>
  );
}

/** The surer, the darker. */
const shadeOf = (probability: number) => ({
  backgroundColor: `color-mix(in srgb, var(--data) ${Math.round(60 * probability)}%, transparent)`,
});

export function TablePanel({ evidence: { title, columns, rows } }: { readonly evidence: Table }) {
  return (
    <figure className="panel panel-wide">
      <figcaption>
        <span className="panel-title">{title}</span>
      </figcaption>
      {use(PanelMenu)}
      <p className="visually-hidden">{texts.panel.rows(title, rows.length)}</p>
      <CellTable label={title} columns={columns} rows={rows} />
    </figure>
  );
}

export function ConfusionPanel({ evidence: { title, classes, counts } }: { readonly evidence: Confusion }) {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
  const most = Math.max(1, ...counts.flat());
  return (
    <Frame
      readable
      title={title}
      description={texts.panel.confusion(title, percent(right / Math.max(1, total)))}
      cells={() => ({
        columns: [`${texts.panel.truth} / ${texts.panel.answer}`, ...classes],
        rows: counts.map((row, i) => [classes[i] ?? '', ...row]),
      })}
    >
      <div className="confusion" aria-hidden="true" style={{ gridTemplateColumns: `repeat(${classes.length}, 1fr)` }}>
        {counts.flatMap((row, truth) =>
          row.map((count, answer) => (
            <span
              key={`${classes[truth]} ${classes[answer]}`}
              className={truth === answer ? 'confusion-right' : undefined}
              style={{ backgroundColor: `color-mix(in srgb, var(--data) ${Math.round((45 * count) / most)}%, transparent)` }}
            >
              {count}
            </span>
          )),
        )}
      </div>
    </Frame>
  );
}

export function VerdictPanel({ evidence }: { readonly evidence: Verdict }) {
  return <p className="verdict-sentence">{evidence.sentence}</p>;
}

/** One piece of evidence in long form: a row for each point, bin, picture, span or cell, each with its lane and the evidence's title. In one language, whatever the page speaks: programs read it. */
import type { Confusion, Curve, Evidence, Histogram, Images, Roc, Scatter, TextEvidence } from '../core/evidence.ts';
import type { CsvCell, CsvTable } from './csv.ts';

export function longForm(lane: string, evidence: Evidence): CsvTable {
  const { columns, rows } = tableOf(evidence);
  return { columns: ['lane', 'evidence', ...columns], rows: rows.map((row) => [lane, evidence.title, ...row]) };
}

function tableOf(evidence: Evidence): CsvTable {
  switch (evidence.kind) {
    case 'curve':
      return { columns: ['series', 'x', 'y', 'low', 'high'], rows: curveRows(evidence) };
    case 'roc':
      return { columns: ['series', 'x', 'y'], rows: rocRows(evidence) };
    case 'histogram':
      return { columns: ['series', 'from', 'to', 'count'], rows: histogramRows(evidence) };
    case 'scatter':
      return { columns: ['series', 'x', 'y', 'answer'], rows: scatterRows(evidence) };
    case 'confusion':
      return { columns: ['truth', 'answer', 'count'], rows: confusionRows(evidence) };
    case 'images':
      return { columns: ['picture', 'caption', 'mark'], rows: imageRows(evidence) };
    case 'text':
      return { columns: ['span', 'text', 'mark', 'probability'], rows: textRows(evidence) };
    case 'table':
      return evidence;
    case 'verdict':
      return { columns: ['sentence'], rows: [[evidence.sentence]] };
    default:
      return evidence satisfies never;
  }
}

const curveRows = ({ lines }: Curve): CsvCell[][] =>
  lines.flatMap(({ name, x, y, low, high }) => x.map((at, i) => [name, at, y[i], low?.[i], high?.[i]]));

/** With what the guarantee allows at the same places, where there is one. */
function rocRows({ falsePositiveRate, truePositiveRate, guarantee }: Roc): CsvCell[][] {
  const attack = falsePositiveRate.map((x, i) => ['attack', x, truePositiveRate[i]]);
  if (!guarantee) return attack;
  const { epsilon, delta } = guarantee;
  const bound = falsePositiveRate.map((x) => ['guarantee', x, Math.min(1, Math.exp(epsilon) * x + delta)]);
  return [...attack, ...bound];
}

const histogramRows = ({ edges, groups }: Histogram): CsvCell[][] =>
  groups.flatMap(({ name, counts }) => counts.map((count, bin) => [name, edges[bin], edges[bin + 1], count]));

/** The points, and then what the model answers in the middle of each field of the surface. */
function scatterRows({ groups, surface }: Scatter): CsvCell[][] {
  const points = groups.flatMap(({ name, x, y }) => x.map((at, i) => [name, at, y[i], undefined]));
  if (!surface) return points;
  const { columns, rows, classes, extent } = surface;
  const [xMin, xMax, yMin, yMax] = extent;
  const fields = Array.from(classes, (answer, field) => {
    const [column, row] = [field % columns, Math.floor(field / columns)];
    const x = xMin + ((column + 0.5) / columns) * (xMax - xMin);
    const y = yMax - ((row + 0.5) / rows) * (yMax - yMin);
    return ['surface', x, y, answer];
  });
  return [...points, ...fields];
}

const confusionRows = ({ classes, counts }: Confusion): CsvCell[][] =>
  counts.flatMap((row, truth) => row.map((count, answer) => [classes[truth], classes[answer], count]));

const imageRows = ({ items }: Images): CsvCell[][] => items.map(({ caption, mark }, i) => [i + 1, caption, mark]);

const textRows = ({ spans }: TextEvidence): CsvCell[][] =>
  spans.map(({ text, mark, probability }, i) => [i + 1, text, mark, probability]);

/** The order in which a lane's evidence is read. */
import type { Evidence } from '../core/evidence.ts';

/**
 * What the attack was after first. Then by kind; the live curve of leakage comes before all and stays where it is when the ROC joins
 * it, so that both lie side by side, over the pictures.
 */
const first = ['leakage', 'fidelity', 'triggered', 'pictures', 'surface', 'copied surface', 'removed', 'suffix', 'exposure'];
const order: readonly Evidence['kind'][] = [
  'roc',
  'scatter',
  'images',
  'text',
  'table',
  'histogram',
  'confusion',
  'curve',
  'verdict',
];
const last = ['accuracy', 'loss'];

export const inOrder = (evidence: Readonly<Record<string, Evidence>>): readonly (readonly [id: string, Evidence])[] =>
  Object.entries(evidence).sort(([a, left], [b, right]) => rank(a, left) - rank(b, right));

function rank(id: string, { kind }: Evidence): number {
  if (first.includes(id)) return first.indexOf(id) - first.length;
  return order.indexOf(kind) * 10 + Math.max(0, last.indexOf(id));
}

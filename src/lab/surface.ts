/** For examples of two numbers: the plane as a model sees it, with the members on it. */
import type { Probabilities } from '../core/access.ts';
import { evidence, type LaneEvent } from '../core/event.ts';
import type { OwnNetwork } from '../core/network.ts';
import { argMax } from '../core/statistics.ts';
import type { Split } from './data.ts';
import type { ModelInService } from './target.ts';

const side = 60;
const shownPoints = 150;

/** What the model in service answers where, as an honest person is answered. */
export const decisionSurface = (model: ModelInService, split: Split) =>
  planeOf(split, 'surface', 'What the model answers where', (inputs) => model.honestly(inputs));

/** What a stolen copy answers where. The model's own plane is shown already. */
export const copiedSurface = (copy: OwnNetwork, split: Split) =>
  planeOf(split, 'copied surface', 'What the stolen copy answers where', (inputs) => copy.probabilities(inputs));

async function planeOf(
  { members, nonMembers, shape }: Split,
  id: string,
  title: string,
  ask: (inputs: Float32Array<ArrayBuffer>) => Promise<Probabilities>,
): Promise<LaneEvent[]> {
  if (shape.length !== 1 || shape[0] !== 2) return [];
  const groups = [
    { name: 'members', ...coordinates(members) },
    ...(nonMembers.count ? [{ name: 'non-members', ...coordinates(nonMembers) }] : []),
  ];
  const xs = groups.flatMap(({ x }) => x);
  const ys = groups.flatMap(({ y }) => y);
  const extent = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] as const;
  const [xMin, xMax, yMin, yMax] = extent;
  const grid = new Float32Array(side * side * 2);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      grid[2 * (row * side + column)] = xMin + ((column + 0.5) / side) * (xMax - xMin);
      grid[2 * (row * side + column) + 1] = yMax - ((row + 0.5) / side) * (yMax - yMin);
    }
  }
  const answers = await ask(grid);
  const classes = Uint8Array.from({ length: side * side }, (_, i) => argMax(answers.values, i, answers.classes));
  const surface = { columns: side, rows: side, extent, classes };
  return [evidence(id, { kind: 'scatter', title, groups, surface })];
}

function coordinates({ inputs, count }: Split['members']) {
  const shown = Math.min(count, shownPoints);
  const along = (axis: number) => Array.from({ length: shown }, (_, i) => inputs[2 * i + axis] as number);
  return { x: along(0), y: along(1) };
}

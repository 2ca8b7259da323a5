/**
 * A jigsaw of blocks: of those that lie side by side, the pixels along the cut rise and fall together from picture to picture. The surest
 * pairs are joined first, and groups of joined blocks after them (Gallagher 2012), as long as they fit into the picture.
 */
import { blockAt, type Cut, composed, inverse, pixelsAfter, rotations, type Turn, turned, turns } from '../../core/blocks.ts';

/** To the right of one block, laid in one way, lies another, laid in its own way. */
interface Match {
  readonly left: number;
  readonly leftTurn: Turn;
  readonly right: number;
  readonly rightTurn: Turn;
  readonly negated: boolean;
  /** 1 less the correlation of their edges. */
  readonly distance: number;
}

/** A block of a group: where it lies there, how, and whether as a negative. */
export interface Placed {
  readonly block: number;
  readonly cell: readonly [row: number, column: number];
  readonly turn: Turn;
  readonly negated: boolean;
}

/**
 * @param pictures whose blocks are all in the same disorder
 * @returns the blocks that could be joined, up to a turn of the whole and its negative; on the way how far it is, from 0 to 1
 */
export function* assembled(pictures: readonly Float32Array[], cut: Cut): Generator<number, readonly Placed[]> {
  const together = yield* togetherOf(pictures, cut);
  const groups = yield* joined(yield* matchesOf(together, cut.rows * cut.columns), cut);
  groups.sort((a, b) => b.length - a.length);
  const [largest, ...others] = groups as [Placed[], ...Placed[][]];
  // A group may be too sure of itself to be joined by any one of its edges, and still go well with all around it.
  let whole = largest;
  for (const group of others.filter(({ length }) => length > 1)) {
    yield 0.9;
    whole = withGroup(whole, group, together, cut);
  }
  return whole;
}

/** With another group laid where its edges go best with what is there; without it where there is no room. */
function withGroup(whole: Placed[], group: readonly Placed[], together: Together, { rows, columns }: Cut): Placed[] {
  const at = new Map(whole.map((placed) => [placed.cell.join(), placed]));
  let best = whole;
  let most = 0;
  for (const turn of turns) {
    const own = group.map((one): Placed => ({ ...one, cell: turned(turn, one.cell), turn: composed(turn, one.turn) }));
    const [top, left] = cornerOf(own);
    const [firstRow, firstColumn] = cornerOf(whole);
    for (let row = firstRow - rows; row <= firstRow + rows; row++) {
      for (let column = firstColumn - columns; column <= firstColumn + columns; column++) {
        const laid = own.map((one): Placed => ({ ...one, cell: [one.cell[0] - top + row, one.cell[1] - left + column] }));
        if (!fits([...whole, ...laid], rows, columns)) continue;
        const sums = laid.flatMap((one) => meeting(one, at, together));
        const sum = sums.reduce((total, each) => total + each, 0);
        if (sums.length === 0 || Math.abs(sum) / sums.length <= most) continue;
        most = Math.abs(sum) / sums.length;
        best = [...whole, ...laid.map((one) => ({ ...one, negated: one.negated !== sum < 0 }))];
      }
    }
  }
  return best;
}

/** How a block goes together with each that lies beside it: below 0 where one of the two is a negative. */
function meeting({ block, cell, turn, negated }: Placed, at: ReadonlyMap<string, Placed>, together: Together): number[] {
  return steps.flatMap((step) => {
    const other = at.get([cell[0] + step[0], cell[1] + step[1]].join());
    if (!other) return [];
    // Turned so that the step to the other block points to the right.
    const frame = rotations.find((rotation) => turned(rotation, step)[1] === 1) as Turn;
    const found = together(block, composed(frame, turn), other.block, composed(frame, other.turn));
    return [negated === other.negated ? found : -found];
  });
}

const steps = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
] as const;

/**
 * How one block, laid so, goes together with another one to the right of it: the correlation of the pixels along the cut. Below 0 where one
 * of them is a negative.
 */
type Together = (left: number, leftTurn: Turn, right: number, rightTurn: Turn) => number;

function* togetherOf(pictures: readonly Float32Array[], cut: Cut): Generator<number, Together> {
  const blocks = cut.rows * cut.columns;
  const edges = Array.from({ length: blocks }, (_, block) => edgesOf(pictures, cut, block));
  const table = new Float32Array(blocks * rotations.length * blocks * turns.length);
  const placeOf = (left: number, leftTurn: Turn, right: number, rightTurn: Turn) =>
    ((left * rotations.length + leftTurn) * blocks + right) * turns.length + rightTurn;
  for (let left = 0; left < blocks; left++) {
    yield (0.6 * left) / blocks;
    for (const leftTurn of rotations) {
      const one = edges[left]?.right[leftTurn] as Float64Array;
      for (let right = 0; right < blocks; right++) {
        if (left === right) continue;
        for (const rightTurn of turns) {
          const other = edges[right]?.left[rightTurn] as Float64Array;
          let product = 0;
          for (let i = 0; i < one.length; i++) product += (one[i] as number) * (other[i] as number);
          table[placeOf(left, leftTurn, right, rightTurn)] = product;
        }
      }
    }
  }
  // Seen in a mirror that lies along the row, the same two blocks lie side by side as before.
  return (left, leftTurn, right, rightTurn) =>
    table[
      leftTurn < rotations.length
        ? placeOf(left, leftTurn, right, rightTurn)
        : placeOf(left, composed(mirror, leftTurn), right, composed(mirror, rightTurn))
    ] as number;
}

/** Up for down. */
const mirror: Turn = 6;

/**
 * Each two blocks in each way in which they can lie side by side, the surest first. What is sure is not what is close, since an edge of plain
 * background is close to every other: it is what is much closer than the next best of both edges.
 */
function* matchesOf(together: Together, blocks: number): Generator<number, Match[]> {
  const matches: Match[] = [];
  // Of each edge, the two smallest distances to others.
  const nearest = Array.from({ length: 4 * blocks }, () => [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  const meet = (edge: number, distance: number) => {
    const [first, second] = nearest[edge] as [number, number];
    if (distance < second) nearest[edge] = distance < first ? [distance, first] : [first, distance];
  };
  for (let left = 0; left < blocks; left++) {
    yield 0.6 + (0.1 * left) / blocks;
    for (let right = left + 1; right < blocks; right++) {
      for (const leftTurn of rotations) {
        for (const rightTurn of turns) {
          const correlation = together(left, leftTurn, right, rightTurn);
          const distance = 1 - Math.abs(correlation) + leastDistance;
          matches.push({ left, leftTurn, right, rightTurn, negated: correlation < 0, distance });
          meet(edgeOf(left, leftTurn, 1), distance);
          meet(edgeOf(right, rightTurn, -1), distance);
        }
      }
    }
  }
  const sureness = ({ left, leftTurn, right, rightTurn, distance }: Match) =>
    Math.min(
      ...[edgeOf(left, leftTurn, 1), edgeOf(right, rightTurn, -1)].map((edge) => nextBest(nearest[edge], distance) / distance),
    );
  return matches
    .map((match) => ({ match, sure: sureness(match) }))
    .sort((a, b) => b.sure - a.sure || a.match.distance - b.match.distance)
    .map(({ match }) => match);
}

/** Two edges are never told to be closer than that: what is left is chance. */
const leastDistance = 1e-4;

/** The side of a block that looks right (1) or left (−1) once it is laid so. */
function edgeOf(block: number, turn: Turn, looks: 1 | -1): number {
  const [down, right] = turned(inverse(turn), [0, looks]);
  return 4 * block + (down === 0 ? 1 - right : 2 - down) / 2 + (down === 0 ? 0 : 1.5);
}

const nextBest = ([first, second]: readonly number[] = [], distance: number) =>
  (distance <= (first as number) ? second : first) as number;

/** For each way to lay a block, the pixels along its right and its left side in all pictures, as unit vectors without their mean. */
function edgesOf(pictures: readonly Float32Array[], cut: Cut, block: number) {
  const { side, channels } = cut;
  const from = blockAt(cut, block);
  const along = (turn: Turn, column: number) => {
    const pixels = pixelsAfter(turn, side);
    const values = new Float64Array(pictures.length * side * channels);
    let at = 0;
    for (const picture of pictures)
      for (let row = 0; row < side; row++)
        for (let k = 0; k < channels; k++)
          values[at++] = picture[from[(pixels[row * side + column] as number) * channels + k] as number] as number;
    return unit(values);
  };
  return { right: rotations.map((turn) => along(turn, side - 1)), left: turns.map((turn) => along(turn, 0)) };
}

function unit(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const length = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return values.map((value) => (length > 1e-9 ? (value - mean) / length : 0)); // a flat edge goes with none
}

/** Groups of blocks, joined match by match as long as no two lie in one place and the whole fits into the picture. */
function* joined(matches: readonly Match[], { rows, columns }: Cut): Generator<number, Placed[][]> {
  const groupOf: Placed[][] = Array.from({ length: rows * columns }, (_, block) => [
    { block, cell: [0, 0], turn: 0, negated: false },
  ]);
  for (const [i, match] of matches.entries()) {
    if (i % 5000 === 0) yield 0.7 + (0.2 * i) / matches.length;
    const [one, other] = [groupOf[match.left] as Placed[], groupOf[match.right] as Placed[]];
    if (one === other) continue;
    const anchor = one.find(({ block }) => block === match.left) as Placed;
    const guest = other.find(({ block }) => block === match.right) as Placed;
    // The match is told with its left block laid by `leftTurn`; here that block is laid as its group has it.
    const frame = composed(anchor.turn, inverse(match.leftTurn));
    const step = turned(frame, [0, 1]);
    const whole = composed(composed(frame, match.rightTurn), inverse(guest.turn));
    const flips = (anchor.negated !== match.negated) !== guest.negated;
    const moved = other.map((placed): Placed => {
      const [down, right] = turned(whole, [placed.cell[0] - guest.cell[0], placed.cell[1] - guest.cell[1]]);
      return {
        block: placed.block,
        cell: [anchor.cell[0] + step[0] + down, anchor.cell[1] + step[1] + right],
        turn: composed(whole, placed.turn),
        negated: placed.negated !== flips,
      };
    });
    const both = [...one, ...moved];
    if (!fits(both, rows, columns)) continue;
    for (const { block } of both) groupOf[block] = both;
  }
  return [...new Set(groupOf)];
}

function fits(group: readonly Placed[], rows: number, columns: number): boolean {
  const [top, left] = cornerOf(group);
  if (group.some(({ cell }) => cell[0] - top >= rows || cell[1] - left >= columns)) return false;
  return new Set(group.map(({ cell }) => (cell[0] - top) * columns + cell[1] - left)).size === group.length;
}

const cornerOf = (group: readonly Placed[]): [top: number, left: number] => [
  Math.min(...group.map(({ cell }) => cell[0])),
  Math.min(...group.map(({ cell }) => cell[1])),
];

/**
 * Linear equations in double precision: exactly solved where there are as many as unknowns, as nearly as possible where there are more
 * (least squares), by the shortest solution where there are fewer. By Householder's reflections (Golub & Van Loan, chapter 5), which do
 * not square the condition as the normal equations do.
 */

/** A matrix column by column, at least as many rows as columns; its factors take its place. */
interface Factors {
  readonly columns: readonly Float64Array[];
  /** The diagonal of R. What is above it lies in `columns`, and on and below it the reflections do. */
  readonly diagonal: Float64Array;
}

/**
 * @param matrix `rows × unknowns`, row by row
 * @param right one array of `rows` values for each right side
 * @returns for each right side the unknowns; on the way how many columns are done, so that nobody waits in silence
 */
export function* leastSquares(
  matrix: Float64Array,
  rows: number,
  unknowns: number,
  right: readonly Float64Array[],
): Generator<number, Float64Array[]> {
  if (rows >= unknowns) {
    const columns = Array.from({ length: unknowns }, (_, j) =>
      Float64Array.from({ length: rows }, (_zero, i) => matrix[i * unknowns + j] as number),
    );
    const factors = yield* factored(columns);
    return right.map((b) => {
      const turned = b.slice();
      for (let j = 0; j < unknowns; j++) reflect(factors.columns[j] as Float64Array, j, turned);
      return backward(factors, turned);
    });
  }
  // Fewer equations than unknowns: the transpose is factored, A = Rᵀ Qᵀ, and x = Q R⁻ᵀ b is the shortest solution.
  const factors = yield* factored(Array.from({ length: rows }, (_, i) => matrix.slice(i * unknowns, (i + 1) * unknowns)));
  return right.map((b) => {
    const x = new Float64Array(unknowns);
    x.set(forward(factors, b));
    for (let j = rows - 1; j >= 0; j--) reflect(factors.columns[j] as Float64Array, j, x);
    return x;
  });
}

/** Column after column, the reflection that takes all below its diagonal to 0, applied to those that follow. */
function* factored(columns: readonly Float64Array[]): Generator<number, Factors> {
  const diagonal = new Float64Array(columns.length);
  for (const [j, column] of columns.entries()) {
    if (j % 16 === 0) yield j;
    let squares = 0;
    for (let i = j; i < column.length; i++) squares += (column[i] as number) ** 2;
    const head = column[j] as number;
    const length = Math.sqrt(squares);
    diagonal[j] = head > 0 ? -length : length; // the sign that does not cancel
    column[j] = head - (diagonal[j] as number);
    // v is scaled so that the reflection is x − v (v·x).
    const norm = Math.sqrt(length * (length + Math.abs(head)));
    if (norm > 0) for (let i = j; i < column.length; i++) column[i] = (column[i] as number) / norm;
    for (let k = j + 1; k < columns.length; k++) reflect(column, j, columns[k] as Float64Array);
  }
  return { columns, diagonal };
}

/** x − v (v·x), from place `from` on. */
function reflect(v: Float64Array, from: number, x: Float64Array): void {
  let product = 0;
  for (let i = from; i < v.length; i++) product += (v[i] as number) * (x[i] as number);
  for (let i = from; i < v.length; i++) x[i] = (x[i] as number) - product * (v[i] as number);
}

/** R x = b, from the last unknown up. An unknown that no equation decides is 0. */
function backward({ columns, diagonal }: Factors, b: Float64Array): Float64Array {
  const x = b.slice(0, columns.length);
  for (let j = columns.length - 1; j >= 0; j--) {
    const own = decided(diagonal, j) ? (x[j] as number) / (diagonal[j] as number) : 0;
    x[j] = own;
    const column = columns[j] as Float64Array;
    for (let i = 0; i < j; i++) x[i] = (x[i] as number) - own * (column[i] as number);
  }
  return x;
}

/** Rᵀ y = b, from the first down. */
function forward({ columns, diagonal }: Factors, b: Float64Array): Float64Array {
  const y = b.slice(0, columns.length);
  for (const [j, column] of columns.entries()) {
    let rest = y[j] as number;
    for (let i = 0; i < j; i++) rest -= (column[i] as number) * (y[i] as number);
    y[j] = decided(diagonal, j) ? rest / (diagonal[j] as number) : 0;
  }
  return y;
}

/** Whether column j held anything that those before it did not. */
const decided = (diagonal: Float64Array, j: number) => Math.abs(diagonal[j] as number) > 1e-13 * Math.abs(diagonal[0] as number);

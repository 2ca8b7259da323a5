/**
 * What a collection of pictures has in common that others of its kind have not: the difference of two means, wave by wave. Most of what it
 * shows is chance; each wave is kept in so far as it is more than that.
 */

/** Sums of values and of their squares, over pictures. */
export class Moments {
  count = 0;
  readonly sums: Float64Array;
  readonly squares: Float64Array;

  constructor(size: number) {
    this.sums = new Float64Array(size);
    this.squares = new Float64Array(size);
  }

  add(values: ArrayLike<number>): void {
    this.count++;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      this.sums[i] = (this.sums[i] as number) + value;
      this.squares[i] = (this.squares[i] as number) + value * value;
    }
  }

  mean(at: number): number {
    return (this.sums[at] as number) / this.count;
  }

  /** Of a sample. */
  variance(at: number): number {
    return ((this.squares[at] as number) - this.count * this.mean(at) ** 2) / (this.count - 1);
  }
}

/** Twice its standard error is as much as chance shows now and then. */
const doubt = 4;

/**
 * How much more each value is here than elsewhere, shrunk towards 0 by what chance may have added: the positive part of James and Stein's
 * estimator, value by value.
 */
export function commonMark(here: Moments, elsewhere: Moments): Float64Array {
  return here.sums.map((_, at) => {
    const difference = here.mean(at) - elsewhere.mean(at);
    const squaredError = here.variance(at) / here.count + elsewhere.variance(at) / elsewhere.count;
    return difference * Math.max(0, 1 - (doubt * squaredError) / (difference ** 2 + 1e-12));
  });
}

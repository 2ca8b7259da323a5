/** Examples: a table of inputs and their labels, as plain arrays. */
export interface Examples {
  /** `count × size` values, row by row. */
  readonly inputs: Float32Array<ArrayBuffer>;
  /** `count` class numbers. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly count: number;
  /** Values in one input: the product of the dataset's shape. */
  readonly size: number;
}

export function examplesOf(inputs: Float32Array<ArrayBuffer>, labels: Int32Array<ArrayBuffer>): Examples {
  const size = labels.length === 0 ? 0 : inputs.length / labels.length;
  return { inputs, labels, count: labels.length, size };
}

/** The rows at `indices`, in that order. */
export function takeRows(table: Float32Array, size: number, indices: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const taken = new Float32Array(indices.length * size);
  for (let row = 0; row < indices.length; row++) {
    const from = (indices[row] as number) * size;
    taken.set(table.subarray(from, from + size), row * size);
  }
  return taken;
}

/** The examples at `indices`, in that order. */
export function take(examples: Examples, indices: ArrayLike<number>): Examples {
  const labels = Int32Array.from(indices, (index) => examples.labels[index] as number);
  return { ...examplesOf(takeRows(examples.inputs, examples.size, indices), labels), size: examples.size };
}

/** The first `first` examples, then the `second`. */
export function concatenate(first: Examples, second: Examples): Examples {
  const inputs = new Float32Array(first.inputs.length + second.inputs.length);
  inputs.set(first.inputs);
  inputs.set(second.inputs, first.inputs.length);
  const labels = new Int32Array(first.count + second.count);
  labels.set(first.labels);
  labels.set(second.labels, first.count);
  return { inputs, labels, count: labels.length, size: first.size };
}

/** `count × classes` rows with a single 1. */
export function oneHot(labels: Int32Array, classes: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) rows[i * classes + (labels[i] as number)] = 1;
  return rows;
}

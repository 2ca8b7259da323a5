/** Which of several arrays holds the inputs and which the labels: by their names, or else because no other two fit together. */
import { InputError } from '../core/input-error.ts';
import type { NumberArray } from './number-array.ts';
import { listed, several, sides } from './wording.ts';

const inputNames = ['x', 'images', 'data', 'inputs'];
const labelNames = ['y', 'labels', 'targets'];
/** Among more arrays, each with each other, no pair is looked for. */
const mostCompared = 100;

export interface InputsAndLabels {
  readonly inputs: NumberArray;
  readonly labels: NumberArray;
}

export function chooseArrays(arrays: readonly NumberArray[]): InputsAndLabels {
  const [first, second] = arrays;
  if (first && !second) {
    throw new InputError(
      `${first.name} holds ${sides(first.shape)} values and comes alone; inputs and their labels are expected`,
    );
  }
  const named = (names: readonly string[]) => arrays.filter(({ name }) => names.includes(bareName(name)));
  const [inputs, secondInputs] = named(inputNames);
  const [labels, secondLabels] = named(labelNames);
  const chosen = inputs && labels && !secondInputs && !secondLabels ? { inputs, labels } : onlyPair(arrays);
  if (chosen === undefined) {
    throw new InputError(
      `found ${listed(arrays.map(({ name, shape }) => `${name} (${sides(shape)})`))}; expected: one of x, images, data, inputs and ` +
        'one of y, labels, targets, or only two arrays with as many rows, of which one is a label a row',
    );
  }
  const [rows, labelled] = [chosen.inputs.shape[0] ?? 0, chosen.labels.shape[0] ?? 0];
  if (!isColumn(chosen.labels)) {
    throw new InputError(`${chosen.labels.name} is ${sides(chosen.labels.shape)}; one label a row is expected`);
  }
  if (rows !== labelled) {
    throw new InputError(
      `${chosen.inputs.name} has ${several(rows, 'row')} and ${chosen.labels.name} ${several(labelled, 'label')}; as many are expected`,
    );
  }
  return chosen;
}

/** The only two arrays, or the only two with as many rows, if one of them is a column of labels. */
function onlyPair(arrays: readonly NumberArray[]): InputsAndLabels | undefined {
  if (arrays.length > mostCompared) return undefined;
  const pairs = arrays.flatMap((first, i) => arrays.slice(i + 1).map((second) => [first, second] as const));
  const alike = pairs.filter(([first, second]) => first.shape[0] === second.shape[0]);
  const [pair, another] = pairs.length === 1 ? pairs : alike;
  if (!pair || another) return undefined;
  const [labels, inputs] = isColumn(pair[0]) && (!isColumn(pair[1]) || pair[1].shape.length === 2) ? pair : [pair[1], pair[0]];
  return isColumn(labels) && inputs.shape.length > 1 ? { inputs, labels } : undefined;
}

/** `[rows]`, or `[rows, 1]`. */
const isColumn = ({ shape }: NumberArray) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);

/** `folder/X.npy` → `x`. */
const bareName = (name: string) => name.replace(/^.*\//, '').replace(/\..*$/, '').toLowerCase();

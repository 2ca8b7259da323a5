/** An array of numbers as a file holds it. Values are read where they lie, so nothing is allocated before its size is allowed. */
import { InputError } from '../core/input-error.ts';
import { type ElementName, elements } from './elements.ts';
import { counted, several, sides } from './wording.ts';

export interface NumberArray {
  /** Of the file that holds it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly element: ElementName;
  /** The value at a place in C order, in which the last index moves fastest. */
  at(place: number): number;
}

export interface Layout {
  readonly shape: readonly number[];
  readonly element: ElementName;
  readonly littleEndian: boolean;
  /** The first index moves fastest, as in Fortran. */
  readonly fortran: boolean;
}

/** The array of that layout in `bytes`, which hold its values and nothing else. */
export function numberArray(name: string, bytes: Uint8Array<ArrayBuffer>, layout: Layout): NumberArray {
  const { shape, element, littleEndian, fortran } = layout;
  const { width, read } = elements[element];
  const count = shape.reduce((product, side) => product * side, 1);
  if (bytes.length !== count * width) {
    throw new InputError(
      `${name} has ${several(bytes.length, 'byte')} of values; its header says ${sides(shape)} of ${several(width, 'byte')} each, ` +
        `${Number.isSafeInteger(count * width) ? `${counted(count * width)} in all` : 'more than any file has'}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const placeOf = fortran ? fortranPlaces(shape) : (place: number) => place;
  return { name, shape, element, at: (place) => read(view, placeOf(place) * width, littleEndian) };
}

/** From C order to Fortran order: [[a, b, c], [d, e, f]] lies as a d b e c f, so place 1, which is b's, becomes 2. */
function fortranPlaces(shape: readonly number[]): (place: number) => number {
  let stride = 1;
  const axes = shape.map((side) => {
    const axis = { side, stride };
    stride *= side;
    return axis;
  });
  axes.reverse();
  return (place) => {
    let moved = 0;
    for (const { side, stride } of axes) {
      moved += (place % side) * stride;
      place = Math.floor(place / side);
    }
    return moved;
  };
}

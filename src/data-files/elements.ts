/** The types of number that IDX and npy files hold, by numpy's short names. */

export interface Element {
  /** Bytes of one number. */
  readonly width: number;
  read(view: DataView, at: number, little: boolean): number;
}

const twoTo32 = 4294967296;

export const elements = {
  b1: { width: 1, read: (view, at) => Number(view.getUint8(at) !== 0) },
  u1: { width: 1, read: (view, at) => view.getUint8(at) },
  i1: { width: 1, read: (view, at) => view.getInt8(at) },
  u2: { width: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { width: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { width: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { width: 4, read: (view, at, little) => view.getInt32(at, little) },
  // As two halves, because a BigInt for each value takes ten times as long. Exact up to 2⁵³; beyond, labels are refused.
  u8: {
    width: 8,
    read: (view, at, little) =>
      view.getUint32(little ? at + 4 : at, little) * twoTo32 + view.getUint32(little ? at : at + 4, little),
  },
  i8: {
    width: 8,
    read: (view, at, little) =>
      view.getInt32(little ? at + 4 : at, little) * twoTo32 + view.getUint32(little ? at : at + 4, little),
  },
  f4: { width: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { width: 8, read: (view, at, little) => view.getFloat64(at, little) },
} as const satisfies Record<string, Element>;

export type ElementName = keyof typeof elements;

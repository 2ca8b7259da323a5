/**
 * Hair, one entry a style. In front of the head it covers what is above a hairline; behind it a shape shows on the sides. Places are in
 * head units: u = ±1 at the temples, v = −1 at the top of the head and 1 at the chin.
 */
import type { Person } from './identity.ts';
import { boxAround, ellipse, roundedBox, type Shape } from './shapes.ts';

interface Style {
  /** How many pixels the hair stands off the head. */
  readonly volume: number;
  /** v of the lower edge of the hair at u; the parting, if any, is on the side where u < 0. */
  readonly hairline: (u: number) => number;
  /** How many curls or spikes go round the head, and how many pixels they stand out. */
  readonly waves?: { readonly count: number; readonly height: number; readonly pointed?: boolean };
  /** Hair so short that skin shines through. */
  readonly opacity?: number;
  readonly behind?: (person: Person) => readonly Shape[];
}

const rounded = (top: number, temple: number) => (u: number) => top + (temple - top) * Math.min(u * u * u * u, 1.6);

/** Hair that falls from a middle parting along the cheeks: it covers all of |u| > `cheek`. */
const curtains = (top: number, cheek: number, end: number) => (u: number) => {
  const out = Math.abs(u);
  return out > cheek ? Math.min(end, -0.1 + 14 * (out - cheek)) : top + (-0.1 - top) * (out / cheek) * (out / cheek);
};

export const styles: Readonly<Record<Exclude<Person['hair'], 'bald'>, Style>> = {
  cropped: { volume: 0.3, hairline: rounded(-0.6, -0.1), opacity: 0.7 },
  short: { volume: 1.3, hairline: rounded(-0.56, 0) },
  parting: {
    volume: 1.9,
    hairline: (u) => (u < -0.4 ? -0.75 + 1.15 * (-0.4 - u) : -0.75 + 0.32 * (u + 0.4) + 0.7 * Math.max(0, u - 0.6)),
  },
  fringe: {
    volume: 1.5,
    hairline: (u) => (Math.abs(u) < 0.82 ? -0.33 : 0.6),
    behind: ({ headWidth, headHeight }) => [roundedBox(0, -1.5, headWidth + 1.8, headHeight, 7)],
  },
  long: {
    volume: 1.4,
    hairline: curtains(-0.8, 0.8, 1.2),
    behind: ({ headWidth, headHeight }) => [roundedBox(0, 3.5, headWidth + 2.6, headHeight + 4, 7)],
  },
  bob: {
    volume: 1.6,
    hairline: curtains(-0.66, 0.78, 0.55),
    behind: ({ headWidth, headHeight }) => [roundedBox(0, -0.5, headWidth + 3, headHeight - 0.5, 5)],
  },
  afro: {
    volume: 2,
    hairline: rounded(-0.58, -0.15),
    behind: ({ headWidth, headHeight }) => [wavy(ellipse(0, -4, headWidth + 4, headHeight + 0.5), 19, 0.35)],
  },
  curls: {
    volume: 1.8,
    hairline: (u) => -0.42 + 0.3 * u * u * u * u + 0.07 * Math.cos(9 * u),
    behind: ({ headWidth, headHeight }) => [wavy(ellipse(0, 0.5, headWidth + 3.2, headHeight + 1.5), 13, 0.8)],
    waves: { count: 13, height: 0.8 },
  },
  bun: {
    volume: 0.8,
    hairline: rounded(-0.68, -0.1),
    behind: ({ headHeight }) => [ellipse(0, -headHeight - 1, 3.8, 3.2)],
  },
  receding: { volume: 0.9, hairline: (u) => -1.45 + 1.55 * u * u },
  spiky: { volume: 2, hairline: rounded(-0.6, -0.25), waves: { count: 15, height: 1.3, pointed: true } },
  bunches: {
    volume: 1,
    hairline: curtains(-0.7, 1.1, 0),
    behind: ({ headWidth }) => [ellipse(-headWidth - 2.2, -4.5, 2.9, 3.4), ellipse(headWidth + 2.2, -4.5, 2.9, 3.4)],
  },
};

/** The same shape with `count` bumps round the origin. */
function wavy({ distance, box }: Shape, count: number, height: number, pointed = false): Shape {
  return {
    box: { left: box.left - height, top: box.top - height, right: box.right + height, bottom: box.bottom + height },
    distance: (x, y) => {
      const plain = distance(x, y);
      if (plain > height + 1 || plain < -height - 1) return plain;
      const turn = Math.cos(count * Math.atan2(x, -y));
      return plain - height * (pointed ? 1 - (2 * Math.acos(turn)) / Math.PI : turn);
    },
  };
}

/** The part of the hair that lies over the head; `turnX` and `turnY` are how far the forehead has moved. */
export function hairInFront(person: Person, style: Style, head: Shape, turnX: number, turnY: number): Shape {
  const { headWidth, headHeight } = person;
  const { volume, waves, hairline } = style;
  const side = person.parting === 'left' ? 1 : -1;
  const grown: Shape = {
    distance: (x, y) => head.distance(x, y) - volume,
    box: boxAround(0, 0, headWidth + volume, headHeight + volume),
  };
  const { distance, box } = waves ? wavy(grown, waves.count, waves.height, waves.pointed) : grown;
  const lowest = turnY + headHeight * Math.max(hairline(-1.2), hairline(1.2)) + 1; // beside the temples
  return {
    box: { ...box, bottom: Math.min(box.bottom, lowest) },
    distance: (x, y) => {
      const u = x / headWidth;
      const turned = x - turnX * Math.max(0, 1 - u * u); // at the temples the head's outline is, which does not turn
      const above = y - turnY - headHeight * hairline((side * turned) / headWidth);
      return above > 1 ? above : Math.max(distance(x, y), above);
    },
  };
}

/** What differs between two pictures of one person: where the head is and looks, the face it makes, light, clothes, background. */
import type { Random } from '../../src/core/random.ts';

export interface View {
  /** Turned to the side, up or down, and tilted, in radians. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Pixels to the right and down. */
  readonly shiftX: number;
  readonly shiftY: number;
  readonly scale: number;
  /** Where the light comes from, in radians, and how much brighter that edge of the picture is. */
  readonly lightFrom: number;
  readonly light: number;
  readonly contrast: number;
  /** From 0 (a straight mouth) to 1. */
  readonly smile: number;
  /** From 0 (closed) to 1. */
  readonly mouthOpen: number;
  /** From 0 (shut) to 1. */
  readonly eyesOpen: number;
  /** Pixels up. */
  readonly browsRaised: number;
  /** Greys. */
  readonly background: number;
  readonly clothes: number;
}

const degree = Math.PI / 180;

/** Moderate, so that the mean of a person's pictures still looks like the person. */
export function viewFrom(random: Random): View {
  const between = (least: number, most: number) => least + (most - least) * random.uniform();
  const about = (spread: number) => spread * Math.max(-2, Math.min(2, random.normal()));
  return {
    yaw: about(6 * degree),
    pitch: about(3 * degree),
    roll: about(2.5 * degree),
    shiftX: about(0.5),
    shiftY: about(0.5),
    scale: 1 + about(0.025),
    lightFrom: between(0, 2 * Math.PI),
    light: between(0, 0.2),
    contrast: between(0.9, 1.1),
    smile: between(0, 1),
    mouthOpen: Math.max(0, between(-1.2, 1)),
    eyesOpen: random.uniform() < 0.06 ? 0.1 : between(0.8, 1.1), // now and then a blink
    browsRaised: about(0.3),
    background: between(0.5, 0.85),
    clothes: between(0.1, 0.9),
  };
}

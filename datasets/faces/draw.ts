/** Draws a person as one picture, from back to front: background, clothes, hair behind, head, features, hair in front, light. */
import { drawBeard, drawEye, drawGlasses, drawMouth, drawNose, type Place } from './features.ts';
import { hairInFront, styles } from './hair.ts';
import type { Person } from './identity.ts';
import { boxAround, type Canvas, ellipse, paint, roundedBox, type Shape } from './shapes.ts';
import type { View } from './view.ts';

/** Pictures are `side × side` pixels. */
export const side = 32;

/**
 * Draws one picture of a person.
 * @param pixels `side × side` greys to fill, from 0 (black) to 1 (white), row by row
 */
export function drawFace(person: Person, view: View, pixels: Float32Array): void {
  const canvas: Canvas = {
    pixels,
    side,
    x: side / 2 + view.shiftX,
    y: side / 2 + 0.7 + view.shiftY,
    roll: view.roll,
    scale: view.scale,
  };
  pixels.fill(view.background);
  const head = headOf(person);
  const place = placeOn(person, view);
  const style = person.hair === 'bald' ? undefined : styles[person.hair];

  paint(canvas, roundedBox(0, 20, 14, 9.5, 6), view.clothes); // shoulders; the rest is below the picture
  for (const shape of style?.behind?.(person) ?? []) paint(canvas, shape, 0.85 * person.hairTone, 1, 0.2);
  paint(canvas, roundedBox(0, person.headHeight, 0.5 * person.headWidth, 4.5, 2), 0.78 * person.skin);
  drawHead(canvas, person, view, head);
  drawBeard(canvas, person, head, place);
  drawMouth(canvas, person, view, place);
  drawNose(canvas, person, view, place);
  for (const which of [-1, 1] as const) drawEye(canvas, person, view, place, which);
  if (style) {
    const [turnX, turnY] = place(0, -0.6 * person.headHeight);
    const hair = hairInFront(person, style, head, turnX, turnY + 0.6 * person.headHeight);
    paint(canvas, hair, person.hairTone, style.opacity, 0.25);
  }
  if (person.glasses !== 'none') drawGlasses(canvas, person, place);
  lightUp(pixels, view);
}

/** The head as an ellipsoid: what is nearer to the viewer moves further when it turns. */
function placeOn({ headWidth, headHeight }: Person, { yaw, pitch }: View): Place {
  const [cosineYaw, sineYaw, cosinePitch, sinePitch] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return (x, y, lift = 0) => {
    const depth = headWidth * Math.sqrt(Math.max(0, 1 - (x / headWidth) ** 2 - (y / headHeight) ** 2)) + lift;
    return [x * cosineYaw + depth * sineYaw, y * cosinePitch + depth * sinePitch];
  };
}

/** An oval above; below the temples as much of a box as the jaw is square, narrowing to the chin. */
function headOf({ headWidth, headHeight, jaw, taper }: Person): Shape {
  const oval = ellipse(0, 0, headWidth, headHeight).distance;
  const square = roundedBox(0, 0, headWidth, headHeight, 0.55 * headWidth).distance;
  return {
    box: boxAround(0, 0, headWidth, headHeight),
    distance: (x, y) => {
      if (y <= 0) return oval(x, y);
      const down = Math.min(1, y / headHeight);
      const wide = x / (1 - taper * down);
      const share = jaw * Math.min(1, 2 * down);
      return (1 - share) * oval(wide, y) + share * square(wide, y);
    },
  };
}

function drawHead(canvas: Canvas, person: Person, view: View, head: Shape): void {
  const { skin, headWidth, earSize, eyeLine } = person;
  const behind = -2 * Math.sin(view.yaw);
  for (const which of [-1, 1]) {
    const x = which * (headWidth - 0.2) + behind;
    paint(canvas, ellipse(x, eyeLine + 1.2, 0.6 * earSize, earSize), 0.86 * skin);
  }
  paint(canvas, head, skin, 1, 0.33);
}

/** Light from one side, and contrast about the middle grey. */
function lightUp(pixels: Float32Array, { lightFrom, light, contrast }: View): void {
  const across = (2 * light * Math.cos(lightFrom)) / side;
  const down = (2 * light * Math.sin(lightFrom)) / side;
  const middle = (side - 1) / 2;
  for (let r = 0; r < side; r++) {
    for (let c = 0; c < side; c++) {
      const shade = 1 + across * (c - middle) + down * (r - middle);
      pixels[r * side + c] = 0.5 + contrast * ((pixels[r * side + c] as number) * shade - 0.5);
    }
  }
}

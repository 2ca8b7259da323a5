/**
 * What is in a face: beard, mouth, nose, eyes and glasses. Lengths are pixels from the middle of the head, to the right and down; what
 * is darker than the skin is a share of its tone.
 */
import type { Person } from './identity.ts';
import { type Canvas, ellipse, lens, outline, paint, roundedBox, type Shape, stroke } from './shapes.ts';
import type { View } from './view.ts';

/** Where a point on the front of the face is seen when the head is turned; `lift` is how far it stands out, in pixels. */
export type Place = (x: number, y: number, lift?: number) => readonly [x: number, y: number];

export function drawBeard(canvas: Canvas, person: Person, head: Shape, place: Place): void {
  const { beard, headWidth, headHeight, hairTone } = person;
  if (beard === 'none') return;
  const [x, y] = mouthAt(person, place);
  if (beard === 'full' || beard === 'stubble') {
    const upper = person.eyeLine + 2;
    const below: Shape = {
      box: { left: -headWidth - 1, right: headWidth + 1, top: upper, bottom: headHeight + 2 },
      // Along the cheeks high, under the nose low; a full beard stands off the chin.
      distance: (px, py) => {
        const u = (px - x) / headWidth;
        const edge = Math.max(y - 2.2 - 6 * Math.max(0, Math.abs(u) - 0.45), upper);
        return Math.max(head.distance(px, py) - (beard === 'full' ? 0.8 : 0), edge - py);
      },
    };
    paint(canvas, below, hairTone, beard === 'full' ? 1 : 0.3);
  }
  if (beard === 'goatee')
    paint(canvas, roundedBox(x, (y + headHeight) / 2 + 1.2, 2.6, (headHeight - y) / 2 - 0.2, 1.8), hairTone);
  if (beard !== 'moustache') return;
  const tone = 0.8 * hairTone; // a white one would look like teeth
  for (const which of [-1, 1]) paint(canvas, stroke(x + 0.5 * which, y - 1.8, x + 3.2 * which, y - 0.5, 0.85), tone);
}

function mouthAt({ eyeLine, noseLength, headHeight }: Person, place: Place) {
  const nose = eyeLine + noseLength;
  return place(0, nose + 0.46 * (headHeight - nose));
}

export function drawMouth(canvas: Canvas, person: Person, view: View, place: Place): void {
  const [x, y] = mouthAt(person, place);
  const { lips, skin } = person;
  const bend = 0.9 * view.smile;
  const open = 1.7 * view.mouthOpen;
  const halfWidth = person.mouthWidth * (1 + 0.12 * view.smile);
  const corners = y - 0.5 * bend;
  paint(canvas, lens(x, corners, halfWidth, { upper: bend - lips, lower: bend + open + lips, edge: 0.3 }), 0.62 * skin);
  paint(canvas, lens(x, corners, halfWidth, { upper: bend - 0.3, lower: bend + open + 0.3, edge: 0.3 }), 0.22 * skin);
  if (open > 0.6) paint(canvas, lens(x, corners, 0.8 * halfWidth, { upper: bend - 0.2, lower: bend + 0.5 * open }), 0.95);
}

export function drawNose(canvas: Canvas, person: Person, view: View, place: Place): void {
  const { eyeLine, noseLength, noseWidth, skin } = person;
  const [x, y] = place(0, eyeLine + noseLength, 2);
  const [rootX, rootY] = place(0, eyeLine + 0.5, 0.5);
  const shaded = Math.cos(view.lightFrom) > 0 ? -1 : 1; // the side away from the light
  paint(canvas, stroke(rootX + 0.8 * shaded, rootY, x + shaded * noseWidth * 0.8, y - 0.6, 0.4), 0.72 * skin, 0.7);
  paint(canvas, lens(x, y, noseWidth, { upper: -0.1, lower: 0.8, edge: 0.45 }), 0.55 * skin);
}

function eyeAt({ eyeSpacing, headWidth, eyeLine }: Person, place: Place, which: -1 | 1) {
  return place(which * eyeSpacing * headWidth, eyeLine);
}

/** An eye and its brow: −1 is the one on the left of the picture, 1 the one on the right. */
export function drawEye(canvas: Canvas, person: Person, view: View, place: Place, which: -1 | 1): void {
  const [x, y] = eyeAt(person, place, which);
  const { eyeWidth, browSlant, browThickness } = person;
  const height = person.eyeHeight * view.eyesOpen;
  const slant = which * person.eyeSlant;
  const white = lens(x, y, eyeWidth, { upper: -height, lower: 0.8 * height, edge: 0.2, slant });
  const iris = ellipse(x + 2 * Math.sin(view.yaw), y - 0.1 * height, 1, Math.min(1.15, height));
  paint(canvas, white, Math.min(1, 0.55 + 0.5 * person.skin));
  paint(canvas, iris, person.irisTone);
  paint(canvas, lens(x, y, eyeWidth + 0.2, { upper: -height - 0.35, lower: -height + 0.3, edge: 0.3, slant }), 0.3 * person.skin);

  const browY = y - person.browHeight - view.browsRaised;
  const [inner, outer] = [x - which * eyeWidth, x + which * (eyeWidth + 0.5)];
  const tilt = browSlant * eyeWidth;
  const browTone = Math.min(0.7 * person.hairTone, 0.6 * person.skin); // seen on the skin even where the hair is white
  paint(canvas, stroke(inner, browY - tilt, outer, browY + tilt, browThickness), browTone, 0.9);
}

export function drawGlasses(canvas: Canvas, person: Person, place: Place): void {
  const tone = person.skin > 0.55 ? 0.08 : 0.95; // a frame that is seen on this skin
  const round = person.glasses === 'round';
  const [halfWidth, halfHeight] = round ? [3.4, 3.4] : [3.7, 2.8];
  const centres = ([-1, 1] as const).map((which) => eyeAt(person, place, which));
  for (const [x, y] of centres) {
    const rim = round ? ellipse(x, y + 0.2, halfWidth, halfHeight) : roundedBox(x, y + 0.2, halfWidth, halfHeight, 0.6);
    paint(canvas, outline(rim, 0.8), tone, 0.9);
  }
  const [[leftX, y], [rightX]] = centres as [readonly [number, number], readonly [number, number]];
  paint(canvas, stroke(leftX + halfWidth, y - 0.4, rightX - halfWidth, y - 0.4, 0.4), tone, 0.9);
  paint(canvas, stroke(-person.headWidth, y - 0.4, leftX - halfWidth, y - 0.4, 0.35), tone, 0.9);
  paint(canvas, stroke(rightX + halfWidth, y - 0.4, person.headWidth, y - 0.4, 0.35), tone, 0.9);
}

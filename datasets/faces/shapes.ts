/**
 * Soft-edged drawing in grey. A shape is a signed distance to its outline, negative inside, in pixels; painting turns distance into
 * how much of a pixel is covered, so edges are smooth without drawing anything larger and shrinking it.
 *
 *     paint(canvas, ellipse(0, 0, 8, 10), 0.7); // a light oval in the middle of the face
 */

export interface Shape {
  readonly distance: (x: number, y: number) => number;
  /** Nothing lies outside of this: painting looks only here. */
  readonly box: Box;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One picture, and how a point of the face gets onto it: turned by `roll`, enlarged by `scale`, moved to (`x`, `y`). */
export interface Canvas {
  /** `side × side` greys from 0 (black) to 1 (white), row by row. */
  readonly pixels: Float32Array;
  readonly side: number;
  readonly x: number;
  readonly y: number;
  readonly roll: number;
  readonly scale: number;
}

export const boxAround = (x: number, y: number, halfWidth: number, halfHeight: number): Box => ({
  left: x - halfWidth,
  top: y - halfHeight,
  right: x + halfWidth,
  bottom: y + halfHeight,
});

/**
 * Lays a tone over what is there.
 * @param rounding how much darker the shape is at its edge than four pixels further in, as a share: flat shapes become round ones
 */
export function paint(canvas: Canvas, { distance, box }: Shape, tone: number, opacity = 1, rounding = 0): void {
  const { pixels, side, scale } = canvas;
  const cosine = Math.cos(canvas.roll);
  const sine = Math.sin(canvas.roll);
  const middleX = (box.left + box.right) / 2;
  const middleY = (box.top + box.bottom) / 2;
  const column = canvas.x + scale * (cosine * middleX - sine * middleY);
  const row = canvas.y + scale * (sine * middleX + cosine * middleY);
  const halfWidth = (box.right - box.left) / 2 + 1;
  const halfHeight = (box.bottom - box.top) / 2 + 1;
  const columns = scale * (Math.abs(cosine) * halfWidth + Math.abs(sine) * halfHeight);
  const rows = scale * (Math.abs(sine) * halfWidth + Math.abs(cosine) * halfHeight);
  const [firstRow, lastRow] = [Math.max(0, Math.floor(row - rows)), Math.min(side - 1, Math.ceil(row + rows))];
  const [firstColumn, lastColumn] = [Math.max(0, Math.floor(column - columns)), Math.min(side - 1, Math.ceil(column + columns))];
  for (let r = firstRow; r <= lastRow; r++) {
    const down = (r + 0.5 - canvas.y) / scale;
    for (let c = firstColumn; c <= lastColumn; c++) {
      const across = (c + 0.5 - canvas.x) / scale;
      const inside = 0.5 - scale * distance(cosine * across + sine * down, cosine * down - sine * across);
      if (inside <= 0) continue;
      const covered = opacity * Math.min(1, inside);
      const flatness = Math.max(0, 1 - inside / 4);
      const at = r * side + c;
      pixels[at] = (pixels[at] as number) * (1 - covered) + tone * (1 - rounding * flatness * flatness) * covered;
    }
  }
}

/** Near the outline exact to first order (Inigo Quilez), which is all that painting needs. */
export function ellipse(x: number, y: number, halfWidth: number, halfHeight: number): Shape {
  return {
    box: boxAround(x, y, halfWidth, halfHeight),
    distance: (px, py) => {
      const u = (px - x) / halfWidth;
      const v = (py - y) / halfHeight;
      const length = Math.sqrt(u * u + v * v);
      if (length < 1e-6) return -Math.min(halfWidth, halfHeight);
      const steepness = Math.sqrt((u * u) / (halfWidth * halfWidth) + (v * v) / (halfHeight * halfHeight));
      return (length * (length - 1)) / steepness;
    },
  };
}

export function roundedBox(x: number, y: number, halfWidth: number, halfHeight: number, radius: number): Shape {
  return {
    box: boxAround(x, y, halfWidth, halfHeight),
    distance: (px, py) => {
      const beyondX = Math.abs(px - x) - halfWidth + radius;
      const beyondY = Math.abs(py - y) - halfHeight + radius;
      const [outX, outY] = [Math.max(beyondX, 0), Math.max(beyondY, 0)];
      return Math.sqrt(outX * outX + outY * outY) + Math.min(Math.max(beyondX, beyondY), 0) - radius;
    },
  };
}

/** A straight stroke with round ends, `radius` to either side. */
export function stroke(x: number, y: number, toX: number, toY: number, radius: number): Shape {
  const [lengthX, lengthY] = [toX - x, toY - y];
  const squared = lengthX * lengthX + lengthY * lengthY;
  return {
    box: {
      left: Math.min(x, toX) - radius,
      top: Math.min(y, toY) - radius,
      right: Math.max(x, toX) + radius,
      bottom: Math.max(y, toY) + radius,
    },
    distance: (px, py) => {
      const along = Math.min(1, Math.max(0, ((px - x) * lengthX + (py - y) * lengthY) / squared));
      const [offX, offY] = [px - x - along * lengthX, py - y - along * lengthY];
      return Math.sqrt(offX * offX + offY * offY) - radius;
    },
  };
}

/**
 * What lies between two parabolas, as an eye or lips do: in the middle it reaches from `upper` to `lower`, below the line of its
 * corners, and at the corners `edge` to either side of it. `slant` tilts that line.
 */
export function lens(
  x: number,
  y: number,
  halfWidth: number,
  { upper, lower, edge = 0, slant = 0 }: { upper: number; lower: number; edge?: number; slant?: number },
): Shape {
  const reach = Math.max(Math.abs(upper), Math.abs(lower), edge) + Math.abs(slant) * halfWidth;
  return {
    box: boxAround(x, y, halfWidth, reach),
    distance: (px, py) => {
      const across = px - x;
      const down = py - y - slant * across;
      const bulge = 1 - Math.min(1, (across / halfWidth) ** 2);
      const above = (upper + edge) * bulge - edge - down;
      const below = down - (lower - edge) * bulge - edge;
      return Math.max(above, below, Math.abs(across) - halfWidth);
    },
  };
}

/** Only the outline, `thickness` wide. */
export function outline({ distance, box }: Shape, thickness: number): Shape {
  const half = thickness / 2;
  return {
    box: { left: box.left - half, top: box.top - half, right: box.right + half, bottom: box.bottom + half },
    distance: (x, y) => Math.abs(distance(x, y)) - half,
  };
}

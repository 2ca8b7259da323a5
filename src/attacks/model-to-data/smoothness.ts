/** Uphill in pixels, with a prior for pictures: neighbouring pixels are alike. */

/**
 * The gradient of ½ Σ (difference of neighbours)², down and to the right, for each of `count` pictures.
 * @param shape `[height, width, channels]`
 */
export function smoothnessGradient(pictures: Float32Array, shape: readonly number[]): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape as [number, number, number];
  const gradient = new Float32Array(pictures.length);
  const row = width * channels;
  const pull = (at: number, other: number) => {
    const difference = (pictures[at] as number) - (pictures[other] as number);
    gradient[at] = (gradient[at] as number) + difference;
    gradient[other] = (gradient[other] as number) - difference;
  };
  for (let at = 0; at < pictures.length; at++) {
    const within = at % (height * row);
    if (within % row < row - channels) pull(at, at + channels);
    if (within < (height - 1) * row) pull(at, at + row);
  }
  return gradient;
}

/**
 * One step of each pixel along its slope, and towards its neighbours; greys stay from 0 to 1.
 * @param smoothness what ½ Σ (difference of neighbours)² counts beside the slope; what is no picture has no neighbours
 */
export function uphillFrom(
  pictures: Float32Array,
  slope: Float32Array,
  shape: readonly number[],
  { stepSize, smoothness }: { readonly stepSize: number; readonly smoothness: number },
): Float32Array<ArrayBuffer> {
  const rough = smoothness > 0 && shape.length === 3 ? smoothnessGradient(pictures, shape) : undefined;
  return Float32Array.from(pictures, (pixel, i) =>
    Math.max(0, Math.min(1, pixel + stepSize * ((slope[i] as number) - smoothness * (rough?.[i] ?? 0)))),
  );
}

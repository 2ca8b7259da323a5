/** A prior for pictures: neighbouring pixels are alike. */

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

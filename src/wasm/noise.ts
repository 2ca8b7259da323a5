/** Normal noise, by the generator of src/core/random.ts: the same numbers, three times as fast as JavaScript draws them. */

/**
 * Adds `scale` times a standard normal to each value from `from` on, until one cannot be had from its first bits alone, which
 * happens once in forty draws and needs logarithms.
 * @param state sfc32's four words, then room for the bits of the draw that was not finished
 * @param widths 128 widths of the ziggurat's layers, float64 @param limits 128 limits, int32
 * @returns the place where the draw was not finished, or `size`
 */
export function addNormals(into: usize, from: i32, size: i32, scale: f64, state: usize, widths: usize, limits: usize): i32 {
  let a = load<u32>(state);
  let b = load<u32>(state, 4);
  let c = load<u32>(state, 8);
  let counter = load<u32>(state, 12);
  let i = from;
  for (; i < size; i++) {
    const drawn = a + b + counter;
    counter++;
    a = b ^ (b >>> 9);
    b = c + (c << 3);
    c = rotl<u32>(c, 21) + drawn;
    const layer = drawn & 127;
    const draw = i32(drawn & ~127);
    // Of the lowest number there is no absolute value; a limit is never that large.
    if (draw === i32.MIN_VALUE || abs(draw) >= load<i32>(limits + (layer << 2))) {
      store<u32>(state, drawn, 16);
      break;
    }
    const at = into + (i << 2);
    store<f32>(at, f32(f64(load<f32>(at)) + scale * (f64(draw) * load<f64>(widths + (layer << 3)))));
  }
  store<u32>(state, a);
  store<u32>(state, b, 4);
  store<u32>(state, c, 8);
  store<u32>(state, counter, 12);
  return i;
}

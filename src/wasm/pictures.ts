/** Convolution's patches and 2 × 2 maxima of pictures that lie as `[count, height, width, channels]`. */

/** Copies so many bytes of floats; below, clears them, and adds them up. */
function copyRun(from: usize, to: usize, bytes: i32): void {
  let at = 0;
  for (const whole = bytes & ~15; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

function clearRun(to: usize, bytes: i32): void {
  let at = 0;
  for (const whole = bytes & ~15; at < whole; at += 16) v128.store(to + at, f32x4.splat(0));
  for (; at < bytes; at += 4) store<f32>(to + at, 0);
}

function addRun(from: usize, to: usize, bytes: i32): void {
  let at = 0;
  for (const whole = bytes & ~15; at < whole; at += 16) {
    v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(from + at)));
  }
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(to + at) + load<f32>(from + at));
}

/**
 * Every pixel's 3 × 3 surroundings, zero outside: `[…, channels] → […, 9 · channels]`. The three neighbours in a row lie beside
 * one another in the picture as in the patch, so a row of a patch is one run.
 */
export function patches(x: usize, out: usize, count: i32, height: i32, width: i32, channels: i32): void {
  const pixel = channels << 2;
  let to = out;
  for (let n = 0; n < count; n++) {
    const image = x + n * height * width * pixel;
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let row = i - 1; row <= i + 1; row++) {
          const run = 3 * pixel;
          if (row < 0 || row >= height) clearRun(to, run);
          else {
            const line = image + row * width * pixel;
            if (j > 0 && j < width - 1) copyRun(line + (j - 1) * pixel, to, run);
            else {
              for (let side = 0; side < 3; side++) {
                const column = j - 1 + side;
                const into = to + side * pixel;
                if (column < 0 || column >= width) clearRun(into, pixel);
                else copyRun(line + column * pixel, into, pixel);
              }
            }
          }
          to += run;
        }
      }
    }
  }
}

/** The transpose of `patches`: adds every patch back to where it came from. `out` is `[count, height, width, channels]`. */
export function folded(x: usize, out: usize, count: i32, height: i32, width: i32, channels: i32): void {
  const pixel = channels << 2;
  memory.fill(out, 0, count * height * width * pixel);
  let from = x;
  for (let n = 0; n < count; n++) {
    const image = out + n * height * width * pixel;
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let row = i - 1; row <= i + 1; row++) {
          const run = 3 * pixel;
          if (row >= 0 && row < height) {
            const line = image + row * width * pixel;
            if (j > 0 && j < width - 1) addRun(from, line + (j - 1) * pixel, run);
            else {
              for (let side = 0; side < 3; side++) {
                const column = j - 1 + side;
                if (column >= 0 && column < width) addRun(from + side * pixel, line + column * pixel, pixel);
              }
            }
          }
          from += run;
        }
      }
    }
  }
}

/** Maxima of squares of 2 × 2; an odd last row or column is dropped. */
export function maxPool(x: usize, out: usize, count: i32, height: i32, width: i32, channels: i32): void {
  const pixel = channels << 2;
  const whole = pixel & ~15;
  let to = out;
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < height >> 1; i++) {
      for (let j = 0; j < width >> 1; j++) {
        const upper = x + ((n * height + 2 * i) * width + 2 * j) * pixel;
        const lower = upper + width * pixel;
        let at = 0;
        for (; at < whole; at += 16) {
          const up = f32x4.max(v128.load(upper + at), v128.load(upper + pixel + at));
          const low = f32x4.max(v128.load(lower + at), v128.load(lower + pixel + at));
          v128.store(to + at, f32x4.max(up, low));
        }
        for (; at < pixel; at += 4) {
          const up = max<f32>(load<f32>(upper + at), load<f32>(upper + pixel + at));
          const low = max<f32>(load<f32>(lower + at), load<f32>(lower + pixel + at));
          store<f32>(to + at, max<f32>(up, low));
        }
        to += pixel;
      }
    }
  }
}

/** Each maximum's gradient goes to the first of the four that has that value, the others get 0. */
export function maxPoolGradient(
  delta: usize,
  x: usize,
  y: usize,
  out: usize,
  count: i32,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = channels << 2;
  const whole = pixel & ~15;
  if ((height | width) & 1) memory.fill(out, 0, count * height * width * pixel); // a dropped row or column gets 0
  let from = 0;
  for (let n = 0; n < count; n++) {
    for (let i = 0; i < height >> 1; i++) {
      for (let j = 0; j < width >> 1; j++) {
        const square = ((n * height + 2 * i) * width + 2 * j) * pixel;
        let at = 0;
        for (; at < whole; at += 16) {
          const largest = v128.load(y + from + at);
          let left = v128.load(delta + from + at); // what has not been given away
          for (let corner = 0; corner < 4; corner++) {
            const place = square + (corner >> 1) * width * pixel + (corner & 1) * pixel + at;
            const hit = f32x4.eq(v128.load(x + place), largest);
            v128.store(out + place, v128.and(left, hit));
            left = v128.andnot(left, hit);
          }
        }
        for (; at < pixel; at += 4) {
          let left = load<f32>(delta + from + at);
          for (let corner = 0; corner < 4; corner++) {
            const place = square + (corner >> 1) * width * pixel + (corner & 1) * pixel + at;
            const hit = load<f32>(x + place) === load<f32>(y + from + at);
            store<f32>(out + place, hit ? left : 0);
            if (hit) left = 0;
          }
        }
        from += pixel;
      }
    }
  }
}

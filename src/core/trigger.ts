/** Springing a backdoor: what is done to inputs so that a poisoned model answers as its attacker wants. */
import type { Trigger } from './artefact.ts';

/** `(1 − mask) · x + mask · pattern` for each of `count × size` inputs. */
export function triggered(inputs: Float32Array, { mask, pattern }: Trigger): Float32Array<ArrayBuffer> {
  const size = mask.length;
  return Float32Array.from(inputs, (value, i) => {
    const at = i % size;
    const opacity = mask[at] as number;
    return (1 - opacity) * value + opacity * (pattern[at] as number);
  });
}

/** What marks of pictures have in common. */
import type { Setting } from '../core/attack.ts';
import type { Random } from '../core/random.ts';

/** Why such examples cannot carry a mark for eyes or waves. */
export const onlyPictures = ({ shape }: Setting): string | undefined =>
  shape.length === 3 ? undefined : `its examples have the shape [${shape}], and are no pictures`;

/** A message of so many bits, each of them by a coin. */
export const messageOf = (bits: number, random: Random): Uint8Array => {
  const coins = random.stream('message');
  return Uint8Array.from({ length: bits }, () => coins.integer(2));
};

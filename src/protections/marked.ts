/** What marks of pictures have in common. */
import type { Setting } from '../core/attack.ts';
import type { Random } from '../core/random.ts';

/** Why such examples cannot carry a mark for eyes or waves. */
export const onlyPictures = ({ shape }: Setting): string | undefined =>
  shape.length === 3 ? undefined : `its examples have the shape [${shape}], and are no pictures`;

/** Messages of so many bits, each bit by a coin. */
export function messagesOf(bits: number, count: number, random: Random): Uint8Array[] {
  const coins = random.stream('message');
  return Array.from({ length: count }, () => Uint8Array.from({ length: bits }, () => coins.integer(2)));
}

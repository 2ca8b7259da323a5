/**
 * An error-correcting code: four bits as seven (Hamming 1950), decoded softly: of the sixteen words that could have been sent, the one
 * that suits what was received best, sure bits counting more than unsure ones.
 */

/** Which of the four bits each of the seven is the sum of, modulo 2. */
const sums = [[0], [1], [2], [3], [0, 1, 3], [0, 2, 3], [1, 2, 3]];
const [plain, coded] = [4, 7];

const wordOf = (four: readonly number[]) => sums.map((own) => own.reduce((sum, at) => sum + (four[at] as number), 0) % 2);
const words = Array.from({ length: 2 ** plain }, (_, n) => {
  const four = Array.from({ length: plain }, (_zero, at) => (n >> at) & 1);
  return { four, seven: wordOf(four) };
});

/** @param bits a multiple of four of them, each 0 or 1 */
export function encoded(bits: ArrayLike<number>): Uint8Array {
  const groups = Array.from({ length: bits.length / plain }, (_, group) =>
    wordOf(Array.from({ length: plain }, (_zero, at) => bits[group * plain + at] as number)),
  );
  return Uint8Array.from(groups.flat());
}

/** @param soft of each coded bit a number above 0 for a 1 and below 0 for a 0, the farther the surer */
export function decoded(soft: ArrayLike<number>): Uint8Array {
  const groups = Array.from({ length: soft.length / coded }, (_, group) => {
    const suits = words.map(({ seven }) =>
      seven.reduce((sum, bit, at) => sum + (bit ? 1 : -1) * (soft[group * coded + at] as number), 0),
    );
    return words[suits.indexOf(Math.max(...suits))]?.four as number[];
  });
  return Uint8Array.from(groups.flat());
}

/** Which of some guesses is meant for which of some truths, so that the errors add up to least: exact, by Jonker & Volgenant's paths. */
import { linearSumAssignment } from 'linear-sum-assignment';

/**
 * @param errors `errors[truth][guess]`, finite, at least one of each
 * @returns for each truth its guess; −1 for those that are left over where there are more truths than guesses
 */
export function bestAssignment(errors: readonly ArrayLike<number>[]): Int32Array<ArrayBuffer> {
  const rows = errors.map((row) => Float64Array.from(row));
  return Int32Array.from(linearSumAssignment(rows, { maximaze: false }).rowAssignments);
}

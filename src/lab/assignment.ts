/**
 * Which of n guesses is meant for which of n truths, so that the errors add up to least (Held & Karp's table over subsets, 1962: exact, and
 * for n up to 10 a matter of microseconds).
 * @param errors `errors[truth][guess]`
 * @returns for each truth its guess
 */
export function bestAssignment(errors: readonly (readonly number[])[]): Int32Array<ArrayBuffer> {
  const count = errors.length;
  // cost[used]: the least sum for as many first truths as `used` has bits, given exactly those guesses.
  const cost = new Float64Array(1 << count).fill(Number.POSITIVE_INFINITY);
  const last = new Int32Array(1 << count);
  cost[0] = 0;
  for (let used = 1; used < 1 << count; used++) {
    const truth = bitsOf(used) - 1;
    for (let guess = 0; guess < count; guess++) {
      if (!(used & (1 << guess))) continue;
      const sum = (cost[used ^ (1 << guess)] as number) + (errors[truth]?.[guess] as number);
      if (sum >= (cost[used] as number)) continue;
      cost[used] = sum;
      last[used] = guess;
    }
  }
  const assigned = new Int32Array(count);
  for (let truth = count - 1, used = (1 << count) - 1; truth >= 0; truth--) {
    assigned[truth] = last[used] as number;
    used ^= 1 << (last[used] as number);
  }
  return assigned;
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let rest = set; rest; rest &= rest - 1) bits++;
  return bits;
}

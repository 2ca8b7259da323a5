/** Do two samples have the same mean? */
import { mean, studentCdf, variance } from '../core/statistics.ts';

export interface TTest {
  readonly t: number;
  readonly freedom: number;
  /** How probable so large a t is where the first mean is no larger than the second. */
  readonly p: number;
}

/** Welch's test (1947), one-sided: whether the mean of `first` is larger than that of `second`. Variances may differ. */
export function welchTest(first: ArrayLike<number>, second: ArrayLike<number>): TTest {
  const [own, other] = [variance(first) / first.length, variance(second) / second.length];
  const t = (mean(first) - mean(second)) / Math.sqrt(own + other);
  const freedom = (own + other) ** 2 / (own ** 2 / (first.length - 1) + other ** 2 / (second.length - 1));
  return { t, freedom, p: studentCdf(-t, freedom) };
}

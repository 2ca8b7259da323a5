/** What came of all checks: in one sentence, and as one value for whoever wants to keep it. */
import type { Allowance } from './check.ts';
import type { Checked } from './judge.ts';

export function summaryOf(results: readonly Checked[]): string {
  const differing = results.filter(({ agrees }) => !agrees);
  if (differing.length > 0)
    return `${differing.length} of ${results.length} comparisons ${differing.length === 1 ? 'does' : 'do'} not agree. ${differing.map(({ says }) => says).join(' ')}`;
  const figures = results.reduce((sum, { count }) => sum + count, 0).toLocaleString('en');
  const share = ({ apart, allowed }: Checked) => (allowed.within > 0 ? (apart as number) / allowed.within : 0);
  const nearest = results.toSorted((a, b) => share(b) - share(a))[0] as Checked;
  return `${results.length} of ${results.length} comparisons agree, ${figures} figures in all. The one nearest to its limit is ${size(nearest.apart as number)} apart, ${limitOf(nearest.allowed)} allowed: ${nearest.says}`;
}

/** How far apart figures may be, in words. */
export const limitOf = ({ within, of }: Allowance): string =>
  `${size(within)}${{ difference: '', figure: ' of the figure', largest: ' of the largest' }[of]}`;

/** A figure with twelve digits, of which the last are rounding. */
export function inFull(value: number): string {
  const rounded = Number(value.toPrecision(12));
  return rounded !== 0 && Math.abs(rounded) < 0.001 ? rounded.toExponential() : String(rounded);
}

/** How large a difference is: two digits say enough. */
export const size = (value: number): string =>
  value === 0 || Math.abs(value) >= 0.001 ? String(Number(value.toPrecision(2))) : value.toExponential(1).replace('.0e', 'e');

export const reportOf = (results: readonly Checked[], machine: { readonly backend: string; readonly runtime: string }) => ({
  ...machine,
  agree: results.filter(({ agrees }) => agrees).length,
  of: results.length,
  checks: results,
});

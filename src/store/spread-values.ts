/** The values at which a knob is tried when it is spread: five around where it stands. */
import { checkValue, type RangeParam } from '../core/params.ts';

const factors = [1 / 4, 1 / 2, 1, 2, 4];

/** Halves and doubles, inside what is allowed; where it stands at 0 or against an end, even steps over what there is. */
export function spreadValues(param: RangeParam, value: number): number[] {
  const { min, max, step } = param;
  const doubled = factors.map((factor) => value * factor);
  const even = factors.map(
    (_, i) => Math.max(min, 0) + (i / (factors.length - 1)) * (Math.min(max, step * 40) - Math.max(min, 0)),
  );
  const fits = (values: readonly number[]) => [...new Set(values.flatMap((one) => allowedNear(param, one) ?? []))];
  const found = value > 0 ? fits(doubled) : [];
  return found.length >= 3 ? found : fits(even);
}

/** The allowed value nearest to a number, if it is one at all. */
function allowedNear(param: RangeParam, wanted: number): number | undefined {
  const { min, max, integer, multipleOf } = param;
  const grain = multipleOf ?? (integer ? 1 : 0);
  const rounded = grain ? Math.round(wanted / grain) * grain : Number(wanted.toPrecision(3));
  if (rounded < min || rounded > max) return undefined;
  return checkValue(param, rounded, param.label) as number;
}

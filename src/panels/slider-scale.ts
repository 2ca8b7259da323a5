/**
 * Where a value lies on a slider. A range that spans a thousandfold or more, such as a learning rate, slides in equal factors
 * rather than equal steps; zero, where allowed, is the leftmost place.
 */
import type { RangeParam } from '../core/params.ts';

const factorSteps = 100;

const inFactors = ({ min, max, step }: RangeParam) => max / (min > 0 ? min : step) >= 1000;
const leastOf = ({ min, step }: RangeParam) => (min > 0 ? min : step);

export function sliderSteps(param: RangeParam): number {
  return inFactors(param) ? factorSteps : Math.round((param.max - param.min) / param.step);
}

export function toSlider(param: RangeParam, value: number): number {
  if (!inFactors(param)) return Math.round((value - param.min) / param.step);
  if (value < leastOf(param)) return 0;
  return Math.round((factorSteps * Math.log(value / leastOf(param))) / Math.log(param.max / leastOf(param)));
}

export function fromSlider(param: RangeParam, place: number): number {
  const { min, max, step } = param;
  if (!inFactors(param)) return inside(param, min + place * step);
  if (place === 0) return min;
  const value = leastOf(param) * (max / leastOf(param)) ** (place / factorSteps);
  return inside(param, Number(value.toPrecision(2)));
}

function inside({ min, max, integer, multipleOf, step }: RangeParam, value: number): number {
  const grain = multipleOf ?? (integer ? 1 : 0);
  const rounded = grain ? Math.round(value / grain) * grain : Number(value.toPrecision(12));
  return Math.min(max, Math.max(min, integer && step > 1 && rounded > step ? Math.round(rounded / step) * step : rounded));
}

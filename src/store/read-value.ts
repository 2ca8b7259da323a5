/** One value of a link: text to value by its declaration. Numbers are moved into range; what cannot be read is refused. */
import { InputError } from '../core/input-error.ts';
import { allowed, checkValue, type Param, type ParamValue, type RangeParam, shown } from '../core/params.ts';
import { texts } from './texts.ts';

/** Told one sentence for each value that was not taken as it stands. */
export type Notice = (sentence: string) => void;

/** @throws InputError that names the key, what was found and what is allowed */
export function readValue(param: Param, text: string, where: string, notice: Notice): ParamValue {
  const refuse = () => new InputError(`${where} is ${shown(text)}; allowed: ${allowed(param)}`);
  switch (param.kind) {
    case 'range':
      return readNumber(text, where, param, notice, refuse);
    case 'choice':
      if (!param.choices.includes(text)) throw refuse();
      return text;
    case 'switch':
      if (text !== 'true' && text !== 'false') throw refuse();
      return text === 'true';
    case 'drawing':
      return checkValue(param, text, where);
    case 'sizes': {
      const parts = text.split(',').filter((part) => part.trim() !== '');
      if (parts.length > param.maxLength) throw refuse();
      return parts.map((part) => readNumber(part, where, { ...param, integer: true }, notice, refuse));
    }
    default:
      return param satisfies never;
  }
}

/** A whole number that no declaration stands for: the seed, the number of lanes. */
export function readCount(text: string, where: string, min: number, max: number, notice: Notice): number {
  const refuse = () => new InputError(`${where} is ${shown(text)}; allowed: a whole number from ${min} to ${max}`);
  return readNumber(text, where, { min, max, integer: true }, notice, refuse);
}

/** A value as a link holds it: `64,32` for a list, the value itself for everything else. */
export function textOf(value: ParamValue): string {
  return typeof value === 'object' ? value.join(',') : String(value);
}

type Bounds = Pick<RangeParam, 'min' | 'max' | 'integer' | 'multipleOf'>;

function readNumber(text: string, where: string, bounds: Bounds, notice: Notice, refuse: () => InputError): number {
  const { min, max, integer, multipleOf = integer ? 1 : undefined } = bounds;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw refuse();
  const clamped = Math.min(max, Math.max(min, number));
  const used = multipleOf ? Math.round(clamped / multipleOf) * multipleOf : clamped;
  if (used !== number) notice(texts.link.moved(where, text.slice(0, 20), used, min, max));
  return used;
}

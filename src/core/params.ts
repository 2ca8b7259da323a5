/**
 * Options are declared once, as plain values, and everything that needs them reads the same declaration: the controls of
 * the page, the flags of the terminal, the check of files and links, the documentation.
 *
 *     params: { noiseMultiplier: range({ label: 'Noise', min: 0, max: 100, step: 0.1, initial: 1.1, says: '…' }) }
 */
import { InputError } from './input-error.ts';

export interface RangeParam {
  readonly kind: 'range';
  readonly label: string;
  readonly says: string;
  readonly min: number;
  readonly max: number;
  /** The step of the control; `integer` decides what is valid. */
  readonly step: number;
  readonly initial: number;
  readonly integer: boolean;
  /** Set where only multiples make sense. */
  readonly multipleOf?: number;
}

export interface ChoiceParam<C extends string = string> {
  readonly kind: 'choice';
  readonly label: string;
  readonly says: string;
  readonly choices: readonly C[];
  readonly initial: C;
}

export interface SwitchParam {
  readonly kind: 'switch';
  readonly label: string;
  readonly says: string;
  readonly initial: boolean;
}

/** A short list of whole numbers, such as the widths of hidden layers. */
export interface SizesParam {
  readonly kind: 'sizes';
  readonly label: string;
  readonly says: string;
  readonly min: number;
  readonly max: number;
  readonly maxLength: number;
  readonly initial: readonly number[];
}

/** A small picture drawn by hand, as text: rows parted by `/`, with `w` for white, `b` for black, `.` for what is left as it is. */
export interface DrawingParam {
  readonly kind: 'drawing';
  readonly label: string;
  readonly says: string;
  /** The most rows, and columns, that it may have. */
  readonly maxSide: number;
  /** The options that say where on a picture it lies, as shares of the way down and to the right. */
  readonly placedBy?: { readonly down: string; readonly right: string };
  readonly initial: string;
}

export type Param = RangeParam | ChoiceParam | SwitchParam | SizesParam | DrawingParam;
export type Params = Readonly<Record<string, Param>>;
export type ParamValue = number | string | boolean | readonly number[];

/** A member of a list and its options, as an experiment names them. */
export type Chosen = { readonly id: string } & Readonly<Record<string, ParamValue>>;

/** The values that a declaration allows, key by key. */
export type Values<P extends Params> = {
  readonly [K in keyof P]: P[K] extends RangeParam
    ? number
    : P[K] extends ChoiceParam<infer C>
      ? C
      : P[K] extends SwitchParam
        ? boolean
        : P[K] extends SizesParam
          ? readonly number[]
          : P[K] extends DrawingParam
            ? string
            : ParamValue;
};

type Declared<T> = Omit<T, 'kind' | 'integer'>;

export const range = (param: Declared<RangeParam>): RangeParam => ({ kind: 'range', integer: false, ...param });
export const count = (param: Declared<RangeParam>): RangeParam => ({ kind: 'range', integer: true, ...param });
export const choice = <const C extends string>(param: Declared<ChoiceParam<C>>): ChoiceParam<C> => ({
  kind: 'choice',
  ...param,
});
export const toggle = (param: Declared<SwitchParam>): SwitchParam => ({ kind: 'switch', ...param });
export const sizes = (param: Declared<SizesParam>): SizesParam => ({ kind: 'sizes', ...param });

export const drawing = (param: Declared<DrawingParam>): DrawingParam => ({ kind: 'drawing', ...param });

/** What every option is when nobody says otherwise. */
export function initialValues<P extends Params>(params: P): Values<P> {
  return Object.fromEntries(Object.entries(params).map(([key, param]) => [key, param.initial])) as Values<P>;
}

/**
 * Completes and checks what was given against a declaration.
 * @param where the path that an error names, such as `attack` or `lanes[1].defenses[0]`
 * @throws InputError for an unknown key, a wrong type or a value out of range
 */
export function resolveParams<P extends Params>(params: P, given: Readonly<Record<string, unknown>>, where: string): Values<P> {
  for (const key of Object.keys(given)) {
    if (!Object.hasOwn(params, key)) {
      const known = Object.keys(params);
      throw new InputError(`${where}.${key} is not an option here; allowed: ${known.length ? known.join(', ') : 'none'}`);
    }
  }
  return Object.fromEntries(
    Object.entries(params).map(([key, param]) => [
      key,
      Object.hasOwn(given, key) ? checkValue(param, given[key], `${where}.${key}`) : param.initial,
    ]),
  ) as Values<P>;
}

/** One value against its declaration. @throws InputError */
export function checkValue(param: Param, value: unknown, where: string): ParamValue {
  const wrong = () => new InputError(`${where} is ${shown(value)}; allowed: ${allowed(param)}`);
  switch (param.kind) {
    case 'range':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong();
      if (value < param.min || value > param.max || (param.integer && !Number.isInteger(value))) throw wrong();
      if (param.multipleOf && value % param.multipleOf !== 0) throw wrong();
      return value;
    case 'choice':
      if (typeof value !== 'string' || !param.choices.includes(value)) throw wrong();
      return value;
    case 'switch':
      if (typeof value !== 'boolean') throw wrong();
      return value;
    case 'sizes':
      if (!Array.isArray(value) || value.length < 1 || value.length > param.maxLength) throw wrong();
      if (!value.every((size) => Number.isInteger(size) && size >= param.min && size <= param.max)) throw wrong();
      return value as number[];
    case 'drawing':
      if (typeof value !== 'string' || !isDrawing(value, param.maxSide)) throw wrong();
      return value;
    default:
      return param satisfies never;
  }
}

function isDrawing(text: string, maxSide: number): boolean {
  const rows = text.split('/');
  const width = (rows[0] as string).length;
  const fits = rows.length <= maxSide && width >= 1 && width <= maxSide;
  return fits && rows.every((row) => row.length === width && /^[wb.]+$/.test(row)) && /[wb]/.test(text);
}

/** In words, what a declaration allows. */
export function allowed(param: Param): string {
  switch (param.kind) {
    case 'range':
      return `${param.integer ? 'a whole number' : 'a number'} from ${param.min} to ${param.max}${param.multipleOf ? `, a multiple of ${param.multipleOf}` : ''}`;
    case 'choice':
      return param.choices.join(', ');
    case 'switch':
      return 'true or false';
    case 'sizes':
      return `a list of 1 to ${param.maxLength} whole numbers from ${param.min} to ${param.max}`;
    case 'drawing':
      return `rows of w (white), b (black) and . (as it was) parted by /, all of one length, at most ${param.maxSide} × ${param.maxSide} and not empty`;
    default:
      return param satisfies never;
  }
}

/** A value as an error shows it: short, and never a whole file. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value); // JSON would turn NaN and Infinity into null
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** `--set lanes.1.defenses.0.clip=0.5`: one value somewhere in an experiment, before it is checked; `--spread`: several. */
import { InputError } from '../core/input-error.ts';
import { shown } from '../core/params.ts';
import { splitOnce } from './flags.ts';

/** @param flag by which name a mistake is told */
export function setAll(experiment: unknown, settings: readonly string[], flag = 'set'): unknown {
  const copy = structuredClone(experiment);
  for (const setting of settings) setOne(copy, setting, flag);
  return copy;
}

const mostValues = 64;

/** `--spread lanes.1.defenses.0.clip=0.5,1,2`: a place in an experiment and the values to try there, side by side. */
export function spreadOf(given: readonly string[]): { readonly path: string; readonly values: readonly unknown[] } | undefined {
  const [text] = given;
  if (text === undefined) return undefined;
  if (given.length > 1) throw new InputError(`--spread is given ${given.length} times; one knob is spread at a time`);
  const [path, list = ''] = splitOnce(text, '=');
  const values = list === '' ? [] : listed(list);
  if (values.length < 2 || values.length > mostValues) {
    throw new InputError(
      `--spread is ${shown(text)}; expected a path and 2 to ${mostValues} values, such as training.epochs=5,10,20`,
    );
  }
  if (path === 'seed') throw new InputError(`--spread is ${shown(text)}; seeds are repeated with --seed and --seeds`);
  return { path, values };
}

/** Values between commas, as JSON where they are: 0.5,1 or [64],[128]; else as text. */
function listed(text: string): unknown[] {
  try {
    return JSON.parse(`[${text}]`);
  } catch {
    return text.split(',').map(parsed);
  }
}

function setOne(experiment: unknown, setting: string, flag: string): void {
  const [path, text] = splitOnce(setting, '=');
  const keys = path.split('.');
  if (text === undefined || keys.some((key) => key === '' || key === '__proto__')) {
    throw new InputError(`--${flag} is ${JSON.stringify(setting)}; expected a path and a value, such as attack.shadowModels=8`);
  }
  let at = experiment as Record<string, unknown>;
  // Another attack or model has other options: those of the one that it replaces go with it.
  const [part] = keys;
  if (
    ['attack.id', 'model.id', 'protection.id'].includes(path) &&
    part &&
    (at?.[part] as { id?: unknown } | undefined)?.id !== parsed(text)
  ) {
    at[part] = {};
  }
  for (const [depth, key] of keys.entries()) {
    const where = keys.slice(0, depth).join('.') || 'the experiment';
    if (typeof at !== 'object' || at === null) {
      throw new InputError(`--${flag} ${path}: ${where} is ${shown(at)}; allowed: a place in an object or a list`);
    }
    if (Array.isArray(at) && !(/^\d+$/.test(key) && Number(key) <= at.length)) {
      throw new InputError(`--${flag} ${path}: ${where} has no place ${shown(key)}; allowed: 0 to ${at.length}`);
    }
    if (depth === keys.length - 1) at[key] = parsed(text);
    else if (!Object.hasOwn(at, key)) at[key] = keys[depth + 1] === '0' ? [] : {};
    at = at[key] as Record<string, unknown>;
  }
}

/** JSON where it is JSON, text otherwise: 8, true, [64, 32], offline. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `--set lanes.1.defenses.0.clip=0.5`: one value somewhere in an experiment, before it is checked. */
import { InputError } from '../core/input-error.ts';
import { shown } from '../core/params.ts';
import { splitOnce } from './flags.ts';

export function setAll(experiment: unknown, settings: readonly string[]): unknown {
  const copy = structuredClone(experiment);
  for (const setting of settings) setOne(copy, setting);
  return copy;
}

function setOne(experiment: unknown, setting: string): void {
  const [path, text] = splitOnce(setting, '=');
  const keys = path.split('.');
  if (text === undefined || keys.some((key) => key === '' || key === '__proto__')) {
    throw new InputError(`--set is ${JSON.stringify(setting)}; expected a path and a value, such as attack.shadowModels=8`);
  }
  let at = experiment as Record<string, unknown>;
  // Another attack or model has other options: those of the one that it replaces go with it.
  const [part] = keys;
  if (
    (path === 'attack.id' || path === 'model.id') &&
    part &&
    (at?.[part] as { id?: unknown } | undefined)?.id !== parsed(text)
  ) {
    at[part] = {};
  }
  for (const [depth, key] of keys.entries()) {
    const where = keys.slice(0, depth).join('.') || 'the experiment';
    if (typeof at !== 'object' || at === null) {
      throw new InputError(`--set ${path}: ${where} is ${shown(at)}; allowed: a place in an object or a list`);
    }
    if (Array.isArray(at) && !(/^\d+$/.test(key) && Number(key) <= at.length)) {
      throw new InputError(`--set ${path}: ${where} has no place ${shown(key)}; allowed: 0 to ${at.length}`);
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

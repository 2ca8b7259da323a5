/** `score`: LiRA and RMIA on shadow-model confidences that somebody else made, in the format of the TF Privacy fixtures. */
import { type LiraOptions, liraModes, liraScores, liraVariances } from '../attacks/model-to-data/lira.ts';
import { offlineAverage, rmiaScores } from '../attacks/model-to-data/rmia.ts';
import { InputError, unknownName } from '../core/input-error.ts';
import { shown } from '../core/params.ts';
import { aucOf, rocOf, tprAtFpr } from '../metrics/roc.ts';
import { printJson, readJson } from './files.ts';
import { parseFlags } from './flags.ts';

export async function score(args: readonly string[]): Promise<void> {
  const [method, ...rest] = args;
  if (method === 'lira') await scoreLira(rest);
  else if (method === 'rmia') await scoreRmia(rest);
  else throw unknownName('score method', method ?? '', ['lira', 'rmia']);
}

async function scoreLira(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['mode', 'variance'], ['json'], 1);
  const asked = oneOf('mode', flags.text('mode') ?? 'online', liraModes);
  const mode = asked === 'offline' ? 'offline-density' : asked; // as TF Privacy scores, so that figures compare
  const variance = oneOf('variance', flags.text('variance') ?? 'fixed', liraVariances);
  const file = fixtureOf(await readJson(pathIn(flags.words)));
  checkGroups(file, { mode, variance });
  report(liraScores(file.target, file.shadows, file.sees, { mode, variance }), file, flags.has('json'));
}

async function scoreRmia(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['a'], ['json'], 1);
  const a = flags.number('a', { min: 0, max: 1 }) ?? 0.3;
  const given = await readJson(pathIn(flags.words));
  const file = fixtureOf(given);
  checkGroups(file, { mode: 'offline', variance: 'fixed' }, 'rmia');
  const rows = tableOf(
    (given as Record<string, unknown>).rmia_population_logit_scores,
    'rmia_population_logit_scores',
    file.models,
  );
  const population = rows.map((row) => row.map(sigmoid));
  const [targetZ] = population.splice(file.targetIndex, 1);
  const shadows = file.shadows.map((row) => row.map(sigmoid));
  const average = { candidates: offlineAverage(shadows, file.sees, a), population: offlineAverage(population, [], a) };
  const target = { candidates: file.target.map(sigmoid), population: targetZ as Float64Array };
  report(rmiaScores(target, average, 1), file, flags.has('json'));
}

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));

interface Fixture {
  readonly models: number;
  readonly targetIndex: number;
  readonly target: Float64Array;
  readonly isMember: Float64Array;
  readonly shadows: readonly Float64Array[];
  readonly sees: readonly Float64Array[];
}

/** `scores[model][example]`: logit-scaled confidences; `keep[model][example]`: 1 where it was trained on. */
function fixtureOf(given: unknown): Fixture {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InputError(`the file holds ${shown(given)}; expected an object with scores, keep and target_index`);
  }
  const file = given as Record<string, unknown>;
  const scores = tableOf(file.scores, 'scores');
  const examples = scores[0]?.length as number;
  if (scores.every((row) => row.every((value) => value >= 0 && value <= 1))) {
    throw new InputError(
      'scores all lie between 0 and 1, as probabilities do; expected them logit-scaled: ln(p / (1 − p)) of the true class',
    );
  }
  const keep = tableOf(file.keep, 'keep', scores.length, examples);
  for (const [k, row] of keep.entries()) {
    const wrong = row.findIndex((flag) => flag !== 0 && flag !== 1);
    if (wrong >= 0) throw new InputError(`keep[${k}][${wrong}] is ${row[wrong]}; allowed: 0 or 1`);
  }
  const targetIndex = file.target_index;
  if (typeof targetIndex !== 'number' || !Number.isInteger(targetIndex) || targetIndex < 0 || targetIndex >= scores.length) {
    throw new InputError(`target_index is ${shown(targetIndex)}; allowed: a whole number from 0 to ${scores.length - 1}`);
  }
  const [target] = scores.splice(targetIndex, 1);
  const [isMember] = keep.splice(targetIndex, 1);
  const members = (isMember as Float64Array).reduce((sum, flag) => sum + flag, 0);
  if (members === 0 || members === examples) {
    throw new InputError(
      `keep says that the target saw ${members} of ${examples} examples; members and non-members are both needed`,
    );
  }
  if (scores.length < 2)
    throw new InputError(`scores has ${scores.length + 1} models; at least 3 are needed, the target among them`);
  return {
    models: scores.length + 1,
    targetIndex,
    target: target as Float64Array,
    isMember: isMember as Float64Array,
    shadows: scores,
    sees: keep,
  };
}

/** Every example needs as many models on each side as its distribution takes. */
function checkGroups({ sees, target }: Fixture, { mode, variance }: LiraOptions, what = `${mode} ${variance}`): void {
  const needed = variance === 'per-example' ? 2 : 1;
  for (let i = 0; i < target.length; i++) {
    const inside = sees.reduce((sum, row) => sum + (row[i] as number), 0);
    const outside = sees.length - inside;
    if (outside < needed || (mode === 'online' && inside < needed)) {
      const sides = mode === 'online' ? 'models of each kind' : 'without it';
      throw new InputError(
        `example ${i} is in ${inside} shadow models and not in ${outside}; ${what} needs at least ${needed} ${sides}`,
      );
    }
  }
}

function tableOf(given: unknown, name: string, rows?: number, columns?: number): Float64Array[] {
  if (!Array.isArray(given) || given.length === 0 || !given.every(Array.isArray)) {
    throw new InputError(`${name} is ${shown(given)}; expected a list of rows, one a model`);
  }
  const width = columns ?? (given[0] as unknown[]).length;
  if (rows !== undefined && given.length !== rows)
    throw new InputError(`${name} has ${given.length} rows; expected ${rows}, one a model`);
  return (given as unknown[][]).map((row, k) => {
    if (row.length !== width || width === 0)
      throw new InputError(`${name}[${k}] has ${row.length} values; expected ${width || 'at least 1'}`);
    const wrong = row.findIndex((value) => typeof value !== 'boolean' && (typeof value !== 'number' || !Number.isFinite(value)));
    if (wrong >= 0) throw new InputError(`${name}[${k}][${wrong}] is ${shown(row[wrong])}; expected a number`);
    return Float64Array.from(row as number[], Number); // true and false are 1 and 0
  });
}

function report(scores: Float64Array, { isMember }: Fixture, json: boolean): void {
  const auc = aucOf(scores, isMember);
  const roc = rocOf(scores, isMember);
  const tpr = roc.negatives > 100 ? tprAtFpr(roc, 0.01) : null; // of fewer, not one may be a false alarm
  if (json) printJson({ scores: Array.from(scores), auc: auc.value, 'tprAtFpr0.01': tpr });
  else {
    const shownTpr = tpr === null ? `– (needs 101 non-members, has ${roc.negatives})` : tpr.toFixed(6);
    process.stdout.write(
      `auc ${auc.value.toFixed(6)} (standard error ${auc.standardError.toFixed(6)}, DeLong)\ntprAtFpr0.01 ${shownTpr}\n`,
    );
  }
}

function pathIn(words: readonly string[]): string {
  const [path] = words;
  if (!path) throw new InputError('a file is missing: score lira|rmia FILE.json');
  return path;
}

function oneOf<const T extends string>(name: string, given: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === given);
  if (!found) throw new InputError(`--${name} is ${JSON.stringify(given)}; allowed: ${choices.join(', ')}`);
  return found;
}

/** Runs checks one after another, and tells of each what came of it. */
import type { Check, CheckHost } from './check.ts';
import { type Checked, judge } from './judge.ts';

export interface CheckEvent {
  readonly type: 'checked';
  readonly result: Checked;
  readonly done: number;
  readonly total: number;
}

export async function* runChecks(checks: readonly Check[], host: CheckHost): AsyncGenerator<CheckEvent> {
  for (const [before, check] of checks.entries()) {
    yield { type: 'checked', result: await judge(check, host), done: before + 1, total: checks.length };
  }
}

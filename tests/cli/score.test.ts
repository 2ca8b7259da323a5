import { describe, expect, it } from 'vitest';
import inputs from '../reference/lira_fixture_inputs.json' with { type: 'json' };
import theirs from '../reference/lira_reference.json' with { type: 'json' };
import { file, fixtureFile, here, lab } from './lab.ts';

const { results } = theirs;

/** What researchers who compare with the reference are promised. */
const agreement = 1e-6;

function agree(printed: string, sign: 1 | -1, expected: { first10: number[]; auc: number; tpr_at_1pct: number }): void {
  const found: { scores: number[]; auc: number } = JSON.parse(printed);
  expect(Object.keys(found)).toEqual(['scores', 'auc', 'tprAtFpr0.01']);
  expect(found.scores).toHaveLength(inputs.n);
  expected.first10.forEach((score, i) => expect(Math.abs((found.scores[i] as number) - sign * score)).toBeLessThan(agreement));
  expect(Math.abs(found.auc - expected.auc)).toBeLessThan(agreement);
  expect(Math.abs((found as unknown as { 'tprAtFpr0.01': number })['tprAtFpr0.01'] - expected.tpr_at_1pct)).toBeLessThan(
    agreement,
  );
}

describe('score lira', () => {
  const cases = [
    ['online', 'per-example', results.tfprivacy_compute_score_lira_both_fix0],
    ['online', 'fixed', results.tfprivacy_compute_score_lira_both_fix1],
    ['offline', 'per-example', results.tfprivacy_compute_score_lira_out_fix0],
    ['offline', 'fixed', results.tfprivacy_compute_score_lira_out_fix1],
  ] as const;

  it.concurrent.each(cases)('prints TF Privacy’s scores with a member’s higher: %s, %s', async (mode, variance, expected) => {
    const { code, stdout, stderr } = await lab('score', 'lira', fixtureFile, '--mode', mode, '--variance', variance, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    agree(stdout, -1, expected);
  });

  it('is online with one variance when nobody says otherwise', async () => {
    agree(await here('score', 'lira', fixtureFile, '--json'), -1, results.tfprivacy_compute_score_lira_both_fix1);
  });

  it('scores all 400 examples as the authors’ script does', async () => {
    const printed = await here('score', 'lira', fixtureFile, '--variance=per-example', '--json');
    const { scores }: { scores: number[] } = JSON.parse(printed);
    results.lira_online.predictions.forEach((score, i) =>
      expect(Math.abs((scores[i] as number) + score)).toBeLessThan(agreement),
    );
  });

  it('says it in words without --json', async () => {
    expect(await here('score', 'lira', fixtureFile)).toMatch(
      /^auc 0\.850400 \(standard error 0\.0\d+, DeLong\)\ntprAtFpr0\.01 0\.290000\n$/,
    );
  });

  it('has no true positive rate at 1 % for fewer than 101 non-members', async () => {
    const few = file('few.json', {
      ...inputs,
      scores: inputs.scores.map((row) => row.slice(0, 150)),
      keep: inputs.keep.map((row) => row.slice(0, 150)),
    });
    const negatives = (inputs.keep[inputs.target_index] as number[]).slice(0, 150).filter((flag) => flag === 0).length;
    expect(negatives).toBeLessThan(101);
    expect(JSON.parse(await here('score', 'lira', few, '--json'))).toMatchObject({ 'tprAtFpr0.01': null });
    expect(await here('score', 'lira', few)).toContain(`needs 101 non-members, has ${negatives}`);
  });
});

describe('score rmia', () => {
  it.concurrent('prints Privacy Meter’s scores, with a = 0.3 when nobody says otherwise', async () => {
    const { code, stdout, stderr } = await lab('score', 'rmia', fixtureFile, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    agree(stdout, 1, results['rmia_offline_a_0.3']);
  });

  it('takes another a', async () => {
    agree(await here('score', 'rmia', fixtureFile, '--a', '0', '--json'), 1, results['rmia_offline_a_0.0']);
    agree(await here('score', 'rmia', fixtureFile, '--a', '1', '--json'), 1, results['rmia_offline_a_1.0']);
  });
});

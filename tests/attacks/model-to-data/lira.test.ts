import { describe, expect, it } from 'vitest';
import { liraScores, liraVariances } from '../../../src/attacks/model-to-data/lira.ts';
import { mean, variance as varianceOf } from '../../../src/core/statistics.ts';
import { aucOf, rocOf, tprAtFpr } from '../../../src/metrics/roc.ts';
import theirs from '../../reference/lira_reference.json' with { type: 'json' };
import real from '../../reference/mia_fixture_clean.json' with { type: 'json' };
import { fixture } from './fixture.ts';

const { target, isMember, shadows, sees } = fixture;

/** Asked for by whoever compares with TF Privacy; what is left over is rounding, some 1e-13. */
const agreement = 1e-6;

const near = (ours: ArrayLike<number>, expected: readonly number[]) =>
  expected.forEach((value, i) => expect(Math.abs((ours[i] as number) - value)).toBeLessThan(agreement));

const reference = {
  online: {
    'per-example': theirs.results.tfprivacy_compute_score_lira_both_fix0,
    fixed: theirs.results.tfprivacy_compute_score_lira_both_fix1,
  },
  'offline-density': {
    'per-example': theirs.results.tfprivacy_compute_score_lira_out_fix0,
    fixed: theirs.results.tfprivacy_compute_score_lira_out_fix1,
  },
};

describe('the scores of LiRA', () => {
  for (const mode of ['online', 'offline-density'] as const) {
    for (const variance of liraVariances) {
      it(`are TF Privacy’s with the opposite sign: ${mode}, ${variance} variance`, () => {
        const scores = liraScores(target, shadows, sees, { mode, variance });
        const { first10, auc, tpr_at_1pct } = reference[mode][variance];
        near(
          scores,
          first10.map((score) => -score),
        );
        expect(Math.abs(aucOf(scores, isMember).value - auc)).toBeLessThan(agreement);
        expect(Math.abs(tprAtFpr(rocOf(scores, isMember), 0.01) - tpr_at_1pct)).toBeLessThan(agreement);
      });
    }
  }

  it.each([
    ['online', theirs.results.lira_online],
    ['offline-density', theirs.results.lira_offline],
  ] as const)('are those of the authors’ own script on all 400 examples: %s, per-example variance', (mode, expected) => {
    const scores = liraScores(target, shadows, sees, { mode, variance: 'per-example' });
    near(
      scores,
      expected.predictions.map((score) => -score),
    );
    expect(expected.predictions).toHaveLength(scores.length);
    const roc = rocOf(scores, isMember);
    expect(tprAtFpr(roc, 0.1)).toBeCloseTo(expected.tpr_at_10pct, 12);
    expect(tprAtFpr(roc, 0)).toBeCloseTo(expected.tpr_at_0, 12);
  });

  // The script's fixed variances are not ours: it spreads all examples' confidences together, centres and all.

  /**
   * `mia_fixture_clean.json` is a real target and its 16 shadow models in PyTorch, each example in 8 of them. It centres by the
   * mean, and ours by the median. A pair of confidences, the group's mean plus and minus its deviation, has that mean and
   * deviation and, being two, its median at the mean too: from such pairs our scores must be theirs. Its `fixed_global` spreads
   * all examples' confidences together, centres and all, and is not comparable.
   */
  it.each([
    ['online', 'per-example', real.expected.per_example.scores],
    ['online', 'fixed', real.expected.fixed_pooled.scores],
    ['offline', 'per-example', real.expected.offline_per_example.scores],
    ['offline', 'fixed', real.expected.offline_fixed_pooled.scores],
  ] as const)(
    'are those of a real target in PyTorch, as far as the centre is the same: %s, %s variance',
    (mode, variance, expected) => {
      const group = (i: number, seen: number) =>
        real.shadow_phi.filter((_, k) => real.shadow_in[k]?.[i] === seen).map((phis) => phis[i] as number);
      const moments = (seen: number, sign: number) =>
        Float64Array.from(real.label, (_, i) => mean(group(i, seen)) + sign * Math.sqrt(varianceOf(group(i, seen), 0)));
      const pairs = [moments(1, -1), moments(1, 1), moments(0, -1), moments(0, 1)];
      const row = (value: number) => real.label.map(() => value);
      const seen = [row(1), row(1), row(0), row(0)];
      const scores = liraScores(Float64Array.from(real.target_phi), pairs, seen, { mode, variance });
      // Confidences are given with six decimals, and scores with nine digits.
      expected.forEach((score, i) => expect(Math.abs((scores[i] as number) - score)).toBeLessThan(3e-6));
    },
  );

  it('are 0 where models that saw the example answer like those that did not', () => {
    const same = [0.1, 0.1, 0.7, 0.7, 0.4, 0.4].map((phi) => Float64Array.of(phi));
    const scores = liraScores(Float64Array.of(3), same, [[1], [0], [1], [0], [1], [0]], { mode: 'online', variance: 'fixed' });
    expect(scores[0]).toBe(0);
  });

  it('rise with the target’s confidence where members are surer', () => {
    const shadowPhis = [5, 6, 1, 2].map((phi) => Float64Array.of(phi, phi, phi));
    const seen = [1, 1, 0, 0].map((flag) => [flag, flag, flag]);
    const scores = liraScores(Float64Array.of(1, 3.5, 6), shadowPhis, seen, { mode: 'online', variance: 'fixed' });
    // Two normals of deviation ½ about 5.5 and 1.5: ln ratio = (5.5 − 1.5)(φ − 3.5) / ¼.
    near(scores, [-40, 0, 40]);
  });
});

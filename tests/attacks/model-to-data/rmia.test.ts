import { describe, expect, it } from 'vitest';
import { offlineAverage, onlineAverage, rmiaScores } from '../../../src/attacks/model-to-data/rmia.ts';
import { aucOf, rocOf, tprAtFpr } from '../../../src/metrics/roc.ts';
import theirs from '../../reference/lira_reference.json' with { type: 'json' };
import { fixture, probabilities } from './fixture.ts';

const { isMember, sees, population } = fixture;
const target = { candidates: probabilities(fixture.target), population: population.target };
const shadows = fixture.shadows.map(probabilities);

describe('the scores of RMIA', () => {
  it.each([
    [0, theirs.results['rmia_offline_a_0.0']],
    [0.3, theirs.results['rmia_offline_a_0.3']],
    [1, theirs.results['rmia_offline_a_1.0']],
  ])('are Privacy Meter’s offline, a = %f', (a, { first10, auc, tpr_at_1pct }) => {
    const average = { candidates: offlineAverage(shadows, sees, a), population: offlineAverage(population.shadows, [], a) };
    const scores = rmiaScores(target, average, 1);
    // Scores are shares of 300 population points: a single one that fell otherwise would show as 0.003.
    first10.forEach((score, i) => expect(Math.abs((scores[i] as number) - score)).toBeLessThan(1e-6));
    expect(Math.abs(aucOf(scores, isMember).value - auc)).toBeLessThan(1e-6);
    expect(Math.abs(tprAtFpr(rocOf(scores, isMember), 0.01) - tpr_at_1pct)).toBeLessThan(1e-6);
  });

  const sure = Float64Array.of(0.8, 0.2);
  const models = { candidates: Float64Array.of(0.4, 0.4), population: Float64Array.of(0.5, 0.5, 0.5, 0.5) };
  const answers = { candidates: sure, population: Float64Array.of(0.1, 0.5, 0.75, 1) }; // ratios 0.2, 1, 1.5, 2

  it('are the share of the population whose ratio the candidate’s exceeds', () => {
    expect([...rmiaScores(answers, models, 1)]).toEqual([0.75, 0.25]); // ratios 2 and 0.5; a tie with 2 is no win
  });

  it('fall when a candidate must win by more', () => {
    expect([...rmiaScores(answers, models, 1.5)]).toEqual([0.5, 0.25]);
    expect([...rmiaScores(answers, models, 10)]).toEqual([0, 0]); // 2 / 0.2 is 10 and not more
  });
});

describe('the offline average', () => {
  const four = [0.9, 0.5, 0.3, 0.1].map((p) => Float64Array.of(p));

  it('is the mean of the models that have not seen the example, moved towards 1 by a', () => {
    const seen = [[1], [0], [0], [1]];
    expect(offlineAverage(four, seen, 1)[0]).toBeCloseTo(0.4, 14); // (0.5 + 0.3) / 2 as it is
    expect(offlineAverage(four, seen, 0)[0]).toBeCloseTo(0.7, 14); // halfway to 1
  });

  it('takes the surer half where no model has seen it', () => expect(offlineAverage(four, [], 1)[0]).toBeCloseTo(0.7, 14));
});

describe('the online average', () => {
  it('is the mean over all models', () => {
    expect([...onlineAverage([Float64Array.of(0.75, 0.5), Float64Array.of(0.25, 0)])]).toEqual([0.5, 0.25]);
  });
});

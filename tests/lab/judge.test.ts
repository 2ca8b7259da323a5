/** Scoring artefacts: what is measured, what is refused a number, and intervals that cover what they promise. */
import { describe, expect, it } from 'vitest';
import type { LaneEvent, MetricName, MetricValue } from '../../src/core/event.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { randomOf } from '../../src/core/random.ts';
import { judgeMembership } from '../../src/lab/judge-membership.ts';
import { runOf, smallExperiment } from './experiments.ts';

/** As many members as others, in turns; two features, so that no pictures are made. */
function judged(scores: Float64Array<ArrayBuffer>, shape: readonly number[] = [2]): LaneEvent[] {
  const size = shape.reduce((product, side) => product * side, 1);
  const labels = Int32Array.from({ length: scores.length }, (_, i) => i % 10);
  const candidates = examplesOf(new Float32Array(scores.length * size), labels);
  return judgeMembership(
    { kind: 'membership', scores },
    { candidates, isMember: Uint8Array.from(scores, (_, i) => 1 - (i % 2)), shape },
  );
}

function metricIn(events: readonly LaneEvent[], name: MetricName): MetricValue {
  const found = events.find((event) => event.type === 'metric' && event.name === name);
  if (found?.type !== 'metric') throw new Error(`${name} was not measured`);
  return found.metric;
}

describe('the rate of found members at one per cent false alarms', () => {
  it.each([
    [200, 0.01],
    [1000, 0.01],
    [1001, 0.001],
  ])('has an interval that covers the truth, with %d non-members at %d', (others, level) => {
    // Guessing: the true rate at a level is the level. 400 simulations: three standard errors of a share of 0.95 are 0.033.
    const random = randomOf(`coverage ${others}`);
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const scores = Float64Array.from({ length: 2 * others }, () => random.uniform());
      const { low, high } = metricIn(judged(scores), `tprAtFpr${level}` as MetricName);
      if ((low as number) <= level && level <= (high as number)) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.95 - 0.033);
  });

  it('is not given where the sample cannot resolve it', () => {
    const events = judged(Float64Array.from({ length: 200 }, (_, i) => i));
    expect(metricIn(events, 'tprAtFpr0.01')).toMatchObject({ value: null, how: 'needs 101 non-members, has 100' });
  });
});

it('gives perfect scores their due, with every interval at its end', () => {
  const scores = Float64Array.from({ length: 2002 }, (_, i) => (i % 2 === 0 ? 1 : 0) + i / 1e6);
  const events = judged(scores);
  for (const name of ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'] as const) expect(metricIn(events, name).value).toBe(1);
});

it('shows the twelve most exposed examples, members marked right and others wrong', () => {
  const scores = Float64Array.from({ length: 40 }, (_, i) => (i === 7 ? 100 : i));
  const shown = judged(scores, [4, 4, 1]).find((event) => event.type === 'evidence' && event.id === 'exposed');
  if (shown?.type !== 'evidence' || shown.evidence.kind !== 'images') throw new Error('no pictures were made');
  expect(shown.evidence.items).toHaveLength(12);
  expect(shown.evidence.items[0]).toEqual({ caption: '7, not a member', mark: 'wrong' });
  expect(shown.evidence.items[2]).toEqual({ caption: '8, member', mark: 'right' }); // 7 first, then 39, then 38
});

describe('scores that are tied', () => {
  /** As labels only leave them: all members right, four in five of the others. */
  const tied = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 || (i >> 1) % 5 !== 0 ? 0 : -69));

  it('give the advantage of the threshold that splits them most evenly', () => {
    expect(metricIn(judged(tied), 'advantage').value).toBeCloseTo(0.2, 10); // 1 − 0.8
  });

  it('give no rate at one per cent where most of the others share the highest score', () => {
    expect(metricIn(judged(tied), 'tprAtFpr0.01')).toMatchObject({
      value: null,
      how: '80 % of the non-members share the highest score',
    });
  });

  it('give an AUC with an interval of some width, also where all are equal or all are right', () => {
    const equal = metricIn(judged(new Float64Array(200)), 'auc');
    expect(equal).toMatchObject({ value: 0.5, how: expect.stringContaining('Wilson on 100 pairs') });
    expect(equal.low).toBeLessThan(0.41); // Wilson at 50 of 100: 0.404 to 0.596
    const perfect = metricIn(judged(Float64Array.from({ length: 200 }, (_, i) => 1 - (i % 2))), 'auc');
    expect(perfect.value).toBe(1);
    expect(perfect.low).toBeCloseTo(0.963, 3); // Wilson at 100 of 100
  });
});

describe('a training that diverges', () => {
  const diverging = {
    ...smallExperiment,
    data: { id: 'blobs', members: 100, nonMembers: 100, population: 100, test: 100 },
    training: { optimizer: 'momentum', learningRate: 10, batchSize: 10, epochs: 50 },
  };

  it('gives no numbers, says why, and goes on with the other lanes', async () => {
    const calm = { name: 'clipped', defenses: [{ id: 'dp-sgd', clip: 0.01, noiseMultiplier: 1 }] };
    const { lanes, events, verdict } = await runOf({ ...diverging, lanes: [{ name: 'undefended', defenses: [] }, calm] });
    expect(lanes[0]?.auc).toMatchObject({ value: null, how: 'a training diverged' });
    expect(lanes[0]?.trainAccuracy?.value).toBeNull();
    expect(lanes[1]?.auc?.value).not.toBeNull();
    expect(events.some((event) => event.type === 'note' && event.text.includes('diverged'))).toBe(true);
    expect(verdict).toBe('Nothing was measured.');
  });

  it('gives none either where only the attacker’s shadow models diverge', async () => {
    // At this seed the target just holds while shadow models, trained on other halves, do not.
    const attack = { id: 'rmia', shadowModels: 8 };
    const model = { id: 'mlp', hidden: [32, 32, 32] };
    const data = { id: 'blobs', members: 30, nonMembers: 30, population: 100, test: 100 };
    const training = { optimizer: 'momentum', learningRate: 3, batchSize: 10, epochs: 50 };
    const { lanes } = await runOf({ data, model, training, attack, seed: 6 });
    expect(lanes[0]?.auc).toMatchObject({ value: null, how: 'a training diverged' });
  });
});

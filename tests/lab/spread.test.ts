/** One knob at several values: what comes out is what each run alone says. */
import { describe, expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import type { Event } from '../../src/core/event.ts';
import type { Curve } from '../../src/core/evidence.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { mean } from '../../src/core/statistics.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { runSpread } from '../../src/lab/spread.ts';
import { studentInterval } from '../../src/metrics/intervals.ts';
import { numberOf, runOf, smallExperiment } from './experiments.ts';

const at = (epochs: number, seed = 1) => ({
  ...smallExperiment,
  data: { id: 'blobs', members: 60, nonMembers: 60, population: 0, test: 100 },
  model: { id: 'mlp', hidden: [8] },
  training: { ...smallExperiment.training, epochs },
  seed,
});
const values = [1, 4, 12];
const seeds = 3;

async function spreadOf(one: (value: number) => object = at): Promise<Event[]> {
  const events: Event[] = [];
  const experiments = values.map((value) => resolveExperiment(one(value), catalog));
  for await (const event of runSpread({ label: 'Epochs', values, experiments, seeds }, await nodeHost('wasm')))
    events.push(event);
  return events;
}

const lastCurve = (events: readonly Event[], id: string) =>
  (events.findLast((event) => event.type === 'evidence' && event.id === id) as { evidence: Curve }).evidence;

describe('a spread', () => {
  it('has at each value the mean and the interval of the runs alone', async () => {
    const events = await spreadOf();
    const { lines, chance } = lastCurve(events, 'spread');
    const [line] = lines as [Curve['lines'][number]];
    expect(line.x).toEqual(values);
    expect(chance).toBe(0.5);
    for (const [v, value] of values.entries()) {
      const alone: number[] = [];
      for (let s = 0; s < seeds; s++) alone.push(numberOf((await runOf(at(value, 1 + s))).lanes[0], 'auc'));
      expect(line.y[v]).toBeCloseTo(mean(alone), 10);
      const [low, high] = studentInterval(alone);
      expect(line.low?.[v]).toBeCloseTo(Math.max(0, low), 10); // an AUC is no less than that
      expect(line.high?.[v]).toBeCloseTo(Math.min(1, high), 10);
    }
  });

  it('on documents shows how well the model writes, where others have an accuracy', async () => {
    const events = await spreadOf((epochs) => ({
      data: { id: 'mail', documents: 40, planted: 1, neverPlanted: 1 },
      attack: { id: 'prefix-extraction' },
      training: { epochs: Math.ceil(epochs / 4) },
    }));
    const { title, lines } = lastCurve(events, 'spread accuracy');
    expect(title).toBe('Perplexity, at each value');
    expect(lines[0]?.y).toHaveLength(values.length);
    expect(Math.min(...(lines[0]?.y ?? [0]))).toBeGreaterThan(1);
    const { evidence } = events.at(-1) as { evidence: { sentence: string } };
    expect(evidence.sentence).toMatch(
      /^Epochs from 1 to 12\. Undefended, the attack (rises|falls|goes|stays) .*%.*; perplexity (rises|falls|goes) from [\d.]+ to/,
    );
  });

  it('trades nothing where the knob is the attacker’s own: the model is the same at each value', async () => {
    const events = await spreadOf((count) => ({ ...at(4), attack: { id: 'lira', shadowModels: 2 + 2 * Math.ceil(count / 4) } }));
    const { y } = lastCurve(events, 'spread accuracy').lines[0] as Curve['lines'][number];
    expect(new Set(y).size).toBe(1);
    expect(events.some((event) => event.type === 'evidence' && event.id === 'spread trade-off')).toBe(false);
  });

  it('says of attack and accuracy whether they moved more than the seeds differ', async () => {
    const { evidence } = (await spreadOf()).at(-1) as { evidence: { sentence: string } };
    expect(evidence.sentence).toMatch(
      /^Epochs from 1 to 12\. Undefended, the attack (rises|goes) from 0\.\d\d to 0\.\d\d.*; accuracy (rises|goes|stays) .*\d %/,
    );
  });

  it('grows value by value, and counts what is done', async () => {
    const events = await spreadOf();
    const counted = events.flatMap((event) => (event.type === 'progress' ? [event.done] : []));
    expect(counted).toEqual(counted.toSorted((a, b) => a - b));
    expect(counted.at(-1)).toBe(values.length * seeds);
    const points = events.flatMap((event) =>
      event.type === 'evidence' && event.id === 'spread' ? [(event.evidence as Curve).lines[0]?.x.length ?? 0] : [],
    );
    expect(points.length).toBe(values.length * seeds);
    expect(points.toSorted((a, b) => a - b)).toEqual(points);
  });
});

/** Thieves in small: what each learns from, and that cleverer questions are worth more where they are. Small digits, so that it is fast. */
import { beforeAll, describe, expect, it } from 'vitest';
import { growing, noLessons, withAnswers } from '../../../src/attacks/model-to-model/thief.ts';
import { mean } from '../../../src/core/statistics.ts';
import { type Metrics, numberOf, runOf } from '../../lab/experiments.ts';

const small = {
  data: { id: 'digits8', members: 500, nonMembers: 0, population: 500, test: 500 },
  model: { id: 'mlp', hidden: [32] },
  training: { optimizer: 'adam', learningRate: 0.003, batchSize: 50, epochs: 20 },
  seed: 1,
};
const steps = 400;
const undefended = { name: 'undefended', defenses: [] as object[] };

/** One lane's metrics at each of these seeds. */
async function runs(attack: object, seeds: readonly number[], lane = undefended): Promise<Metrics[]> {
  const found: Metrics[] = [];
  for (const seed of seeds) found.push((await runOf({ ...small, attack, lanes: [lane], seed })).lanes[0] as Metrics);
  return found;
}
const fidelity = (metrics: readonly Metrics[]) => mean(metrics.map((one) => numberOf(one, 'fidelity')));

describe('lessons', () => {
  it('leave out what was refused, and count it as asked', () => {
    const given = { kind: 'probabilities', values: Float32Array.of(0.9, 0.1, 0, 0, 0.3, 0.7), count: 3, classes: 2 } as const;
    const lessons = withAnswers(noLessons, Float32Array.of(1, 2, 3), { ...given, refused: Uint8Array.of(0, 1, 0) });
    expect(lessons).toMatchObject({ count: 2, asked: 3 });
    expect([...lessons.inputs]).toEqual([1, 3]);
  });
  it('grow fourfold from copy to copy', () => expect(growing(1600, 3)).toEqual([100, 400, 1600]));
});

describe('an adaptive thief with a mixed pool', () => {
  it('asks mostly about what pays, and has the better copy', async () => {
    const attack = { id: 'knockoff', pool: 'mixed', queries: 200, copies: 1, steps };
    const seeds = [1, 2, 3];
    const [random, adaptive] = [await runs(attack, seeds), await runs({ ...attack, strategy: 'adaptive' }, seeds)];
    console.log('mixed pool, random and adaptive:', fidelity(random), fidelity(adaptive));
    expect(fidelity(adaptive)).toBeGreaterThan(fidelity(random));
    for (const run of adaptive) expect(numberOf(run, 'queries')).toBe(200);
  });
});

describe('a thief who knows that scores are poisoned', () => {
  it('believes the class alone, and then the poison changes nothing', async () => {
    const attack = { id: 'knockoff', queries: 100, copies: 1, steps, adaptive: true };
    const poisoned = { name: 'poisoned', defenses: [{ id: 'prediction-poisoning', budget: 1 }] };
    const [plain, bent] = [await runs(attack, [1]), await runs(attack, [1], poisoned)];
    expect(fidelity(bent)).toBe(fidelity(plain));
  });
});

describe('moved questions', () => {
  let found: Record<'plain' | 'watched' | 'mixedIn' | 'natural' | 'limited', Metrics>;
  beforeAll(async () => {
    const attack = { id: 'jacobian-extraction', queries: 400, rounds: 2, steps };
    const prada = { name: 'PRADA', defenses: [{ id: 'prada' }] };
    const limit = { name: 'limit', defenses: [{ id: 'query-limit', limit: 100 }] };
    const one = async (a: object, lane?: typeof undefended) => (await runs(a, [1], lane))[0] as Metrics;
    found = {
      plain: await one(attack),
      watched: await one(attack, prada),
      mixedIn: await one({ ...attack, adaptive: true }, prada),
      natural: await one({ id: 'knockoff', queries: 400, copies: 1, steps }, prada),
      limited: await one({ id: 'knockoff', queries: 400, copies: 1, steps }, limit),
    };
    console.log(
      Object.entries(found)
        .map(([name, m]) => `${name} ${m.fidelity?.value} ${m.detectionRate?.value}`)
        .join(', '),
    );
  }, 120_000);

  it('are counted: what she began with, and twice as many again', () => expect(numberOf(found.plain, 'queries')).toBe(400));
  it('are noticed, and honest people are not', () => {
    expect(numberOf(found.watched, 'detectionRate')).toBeGreaterThan(0.3);
    expect(numberOf(found.watched, 'falseAlarmRate')).toBe(0);
  });
  it('natural ones are not noticed at all', () => expect(found.natural.detectionRate).toBeUndefined());
  it('are noticed later among natural ones, or not at all', () =>
    expect(found.mixedIn.detectionRate?.value ?? 0).toBeLessThan(numberOf(found.watched, 'detectionRate')));
  it('a limit refuses all but so many', () => expect(numberOf(found.limited, 'detectionRate')).toBe(0.75));
});

describe('solving equations in the lab', () => {
  const softmax = { model: { id: 'softmax' }, training: { optimizer: 'sgd', learningRate: 1, batchSize: 50, epochs: 20 } };
  const decimals = (digits: number) => ({ name: `${digits} decimals`, defenses: [{ id: 'output-rounding', decimals: digits }] });

  it('gives the model itself away, less with fewer digits, and more again to who asks quietly and often', async () => {
    const lanes = [undefended, decimals(3), decimals(1)];
    const exact = await runOf({ ...small, ...softmax, attack: { id: 'equation-solving', queries: 65 }, lanes });
    const [all, three, one] = exact.lanes.map((lane) => numberOf(lane, 'fidelity')) as [number, number, number];
    const often = { id: 'equation-solving', queries: 1000, adaptive: true };
    const again = await runOf({ ...small, ...softmax, attack: often, lanes: [decimals(3), decimals(1)] });
    const [threeAgain, oneAgain] = again.lanes.map((lane) => numberOf(lane, 'fidelity')) as [number, number];
    console.log('exact, 3 and 1 decimals:', all, three, one, 'asked often:', threeAgain, oneAgain);
    expect(all).toBeGreaterThan(0.995);
    expect(three).toBeLessThan(all);
    expect(one).toBeLessThan(three);
    expect(threeAgain).toBeGreaterThan(0.97);
    expect(oneAgain).toBeGreaterThan(one + 0.1);
    for (const lane of again.lanes) expect(numberOf(lane, 'queries')).toBe(1000);
    const shown = exact.events.findLast((event) => event.type === 'evidence' && event.id === 'weights' && event.lane === 0);
    if (shown?.type !== 'evidence' || shown.evidence.kind !== 'images') throw new Error('the weights are not shown');
    const { pixels } = shown.evidence;
    const [model, copy] = [pixels.subarray(0, pixels.length / 2), pixels.subarray(pixels.length / 2)];
    expect(model.every((value, i) => Math.abs(value - (copy[i] as number)) < 0.01)).toBe(true);
  });
});

describe('choosing questions', () => {
  it.each(['uncertainty', 'k-center', 'random'])('by %s spends exactly what it may, and learns', async (strategy) => {
    const [run] = await runs({ id: 'active-extraction', queries: 100, strategy, steps }, [1]);
    expect(numberOf(run, 'queries')).toBe(100);
    expect(run?.fidelity?.low).toBeGreaterThan(0.4);
  });
});

describe('without any data', () => {
  it('a copy agrees more often than guessing, after many questions and not after few', async () => {
    const attack = { id: 'data-free-extraction' };
    const [[many], [few]] = [await runs({ ...attack, queries: 25_000 }, [1]), await runs({ ...attack, queries: 20 }, [1])];
    console.log('data-free, 25,000 and 20 questions:', many?.fidelity?.value, few?.fidelity?.value);
    expect(numberOf(many, 'queries')).toBe(25_000);
    expect(many?.fidelity?.low).toBeGreaterThan(0.15);
    expect(numberOf(few, 'fidelity')).toBeLessThan(numberOf(many, 'fidelity'));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { studentInterval } from '../../src/metrics/intervals.ts';
import { file, lab, pathOf, type Said } from './lab.ts';

const tiny = {
  data: { id: 'blobs', members: 60, nonMembers: 60, population: 100, test: 100 },
  model: { id: 'mlp', hidden: [16] },
  training: { optimizer: 'sgd', learningRate: 0.1, batchSize: 20, epochs: 2 },
  attack: { id: 'loss-threshold' },
  lanes: [
    { name: 'undefended', defenses: [] },
    { name: 'defended', defenses: [{ id: 'dp-sgd', noiseMultiplier: 2, clip: 0.5 }] },
  ],
  seed: 7,
};

interface Metric {
  value: number | null;
  low: number | null;
  high: number | null;
  how: string;
  sampleSize: number;
  details?: Record<string, unknown>;
}
interface Lane {
  name: string;
  metrics: Record<string, Metric>;
  perSeed?: Record<string, Metric[]>;
  seconds: { training: number; attack: number };
}
interface Result {
  experiment: unknown;
  backend: string;
  seeds?: number[];
  lanes: Lane[];
  verdict?: string;
}

let once: Said;
let again: Said;
let twoSeeds: Said;
let spread: Said;
const resultOf = ({ stdout }: Said): Result => JSON.parse(stdout);
const withoutSeconds = ({ lanes, ...rest }: Result) => ({ ...rest, lanes: lanes.map(({ seconds, ...lane }) => lane) });

beforeAll(async () => {
  const path = file('tiny.json', tiny);
  // The same experiment from another file, by way of --set and --seed, and on two threads: one run shows that
  // these are heard, that numbers repeat, and that they do not depend on threads.
  const elsewhere = file('other.json', { ...tiny, training: { ...tiny.training, epochs: 50 }, model: { id: 'mlp' }, seed: 1 });
  [once, again, twoSeeds, spread] = await Promise.all([
    lab('run', path, '--threads', '1', '--json'),
    lab(
      'run',
      elsewhere,
      '--threads=2',
      '--set',
      'training.epochs=2',
      '--set=model.hidden=[16]',
      '--set',
      'lanes.1.name=defended',
      '--seed=7',
      '--json',
    ),
    lab('run', path, '--threads=1', '--seeds', '2', '--out', pathOf('results/two'), '--json'),
    lab(
      'run',
      path,
      '--threads=1',
      '--spread',
      'lanes.1.defenses.0.noiseMultiplier=2,8',
      '--out',
      pathOf('results/spread'),
      '--json',
    ),
  ]);
});

describe('run --json', () => {
  it('prints one JSON value: the resolved experiment, the backend, and each lane’s metrics and seconds', () => {
    expect(once.code).toBe(0);
    const { experiment, backend, lanes, verdict } = resultOf(once);
    expect(experiment).toEqual(resolveExperiment(tiny, catalog));
    expect(backend).toBe('wasm');
    expect(lanes.map(({ name }) => name)).toEqual(['undefended', 'defended']);
    const plain = ['trainAccuracy', 'testAccuracy', 'auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'];
    expect(Object.keys(lanes[0]?.metrics ?? {}).toSorted()).toEqual(plain.toSorted());
    expect(Object.keys(lanes[1]?.metrics ?? {}).toSorted()).toEqual([...plain, 'epsilon'].toSorted());
    for (const { seconds } of lanes) {
      expect(seconds.training).toBeGreaterThan(0);
      expect(seconds.attack).toBeGreaterThan(0);
    }
    expect(verdict).toMatch(/\w\.$/);
  });

  it('gives each value its interval and says how it came about, or why there is none', () => {
    for (const { metrics } of resultOf(once).lanes) {
      for (const { value, low, high, how, sampleSize } of Object.values(metrics)) {
        expect(how).toMatch(/\w/);
        expect(sampleSize).toBeGreaterThanOrEqual(60);
        expect((low as number) <= (value as number) && (value as number) <= (high as number)).toBe(true);
      }
      expect(metrics['tprAtFpr0.01']).toMatchObject({ value: null, how: 'needs 101 non-members, has 60' });
      expect(metrics.auc?.sampleSize).toBe(120);
    }
    // σ = 2, q = 20 / 60, six steps, δ = 10⁻⁴.
    expect(resultOf(once).lanes[1]?.metrics.epsilon).toMatchObject({
      details: { accountant: 'rdp', q: 1 / 3, noiseMultiplier: 2, steps: 6, delta: 0.0001 },
    });
  });

  it('tells its progress on standard error, and nothing else', () => {
    const lines = once.stderr.trimEnd().split('\n');
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line).toMatch(/^seed 7(, (undefended|defended))?: .+ \d+ %$/);
  });

  it('gives the same numbers for the same experiment and seed, however it was put together', () => {
    expect(again.code).toBe(0);
    expect(withoutSeconds(resultOf(again))).toEqual(withoutSeconds(resultOf(once)));
  });
});

describe('run --seeds 2', () => {
  it('gives means with Student’s interval, and every seed’s own value beside them', () => {
    expect(twoSeeds.code).toBe(0);
    const { seeds, lanes, verdict } = resultOf(twoSeeds);
    expect(seeds).toEqual([7, 8]);
    expect(verdict).toBeUndefined(); // a verdict is one seed's
    lanes.forEach(({ metrics, perSeed }, lane) => {
      const own = perSeed?.testAccuracy?.map(({ value }) => value as number) as [number, number];
      expect(own).toHaveLength(2);
      const [low, high] = studentInterval(own);
      expect(metrics.testAccuracy).toMatchObject({
        value: (own[0] + own[1]) / 2,
        low: Math.max(0, low), // two seeds say little, but a rate stays a rate
        high: Math.min(1, high),
        how: 'mean and Student’s t over 2 seeds',
        sampleSize: 2,
      });
      expect(perSeed?.auc?.[0]).toEqual(resultOf(once).lanes[lane]?.metrics.auc);
      expect(perSeed?.auc?.[1]).not.toEqual(perSeed?.auc?.[0]);
      expect(metrics['tprAtFpr0.01']?.value).toBeNull();
    });
  });

  it('writes result.json and each seed’s events with --out', () => {
    const read = (name: string) => readFileSync(pathOf(`results/two/${name}`), 'utf8');
    expect(readdirSync(pathOf('results/two')).toSorted()).toEqual(['result.json', 'seed-7.jsonl', 'seed-8.jsonl']);
    expect(JSON.parse(read('result.json'))).toEqual(resultOf(twoSeeds));
    for (const [k, seed] of [7, 8].entries()) {
      const events = read(`seed-${seed}.jsonl`)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      for (const event of events) expect(['metric', 'evidence', 'note', 'seconds']).toContain(event.type);
      const found = events.findLast(({ type, name, lane }) => type === 'metric' && name === 'auc' && lane === 1);
      expect(found.metric).toEqual(resultOf(twoSeeds).lanes[1]?.perSeed?.auc?.[k]);
      const surface = events.find(({ id }) => id === 'surface').evidence.surface;
      expect(surface.classes).toHaveLength(surface.columns * surface.rows); // a typed array became a plain one
    }
  });
});

describe('run --spread', () => {
  it('runs one experiment a value, each with the numbers that it has alone', () => {
    expect(spread.code).toBe(0);
    const result = JSON.parse(spread.stdout);
    expect(result.spread).toEqual({ path: 'lanes.1.defenses.0.noiseMultiplier', values: [2, 8] });
    expect(result.lanes).toBeUndefined();
    const [two, eight] = result.runs as [Result & { value: number }, Result & { value: number }];
    expect([two.value, eight.value]).toEqual([2, 8]);
    const { lanes, verdict } = withoutSeconds(resultOf(once));
    const { experiment: own, ...numbers } = withoutSeconds(two);
    expect(own).toEqual(resolveExperiment(tiny, catalog));
    expect(numbers).toEqual({ value: 2, lanes, verdict });
    const [plain, noisy] = withoutSeconds(eight).lanes;
    expect(plain).toEqual(lanes[0]);
    expect(noisy?.metrics.epsilon?.value).toBeLessThan(lanes[1]?.metrics.epsilon?.value as number);
    expect(noisy?.metrics.epsilon?.details).toMatchObject({ noiseMultiplier: 8 });
  });

  it('writes each value’s events to a file of its own', () => {
    const files = ['result.json', 'value-1-seed-7.jsonl', 'value-2-seed-7.jsonl'];
    expect(readdirSync(pathOf('results/spread')).toSorted()).toEqual(files);
  });
});

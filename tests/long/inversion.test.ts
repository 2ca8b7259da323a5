/** The long comparisons of model inversion: five seeds against PyTorch (`inversion-more.json`), and all forty people. */
import { describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import { studentInterval } from '../../src/metrics/intervals.ts';
import { type Metrics, numberOf, type ReferenceFigure, runOf, welchBound } from '../lab/experiments.ts';
import { inOrder } from '../lab/inversion-victims.ts';
import reference from '../reference/inversion-more.json' with { type: 'json' };

const order = { members: [0, 4000], population: [4000, 8000], test: [8000, 10000] } as const;
const seeds = [1, 2, 3, 4, 5];
const mlp = {
  model: { id: 'mlp', hidden: [128] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
};
type Row = Readonly<Record<string, ReferenceFigure>>;

function expectAgreement(what: string, own: readonly number[], figure: ReferenceFigure) {
  console.log(`${what}: ${mean(own).toFixed(4)}, PyTorch ${figure.mean} ± ${figure.sd}`);
  expect(Math.abs(mean(own) - figure.mean), what).toBeLessThan(welchBound(own, figure));
}

describe.skipIf(!process.env.LONG)('MI-Face on a multilayer perceptron', () => {
  const rows = reference.mi_face as unknown as Readonly<Record<string, Row>>;
  // Their roughness is not halved, so its slope is twice ours.
  const attack = { id: 'mi-face', objective: 'logit', steps: 500, stepSize: 0.01, smoothness: 0.6, until: 1 };
  const defenses = {
    none: [],
    'weight_decay_0.001': [{ id: 'weight-decay', strength: 0.002 }],
    'label_smoothing_0.1': [{ id: 'label-smoothing', share: 0.1 }],
    'label_smoothing_-0.3': [{ id: 'negative-label-smoothing', share: -0.3 }],
    bido_30_10: [{ id: 'bido', inputs: 30, outputs: 10 }],
  };
  const lanes = Object.entries(defenses).map(([name, own]) => ({ name, defenses: own }));

  it.each([0.5, 0])(
    'from %f draws and is defended as in PyTorch',
    async (start) => {
      const found = await inOrder({ ...mlp, lanes, attack: { ...attack, start } }, order, seeds);
      for (const [lane, { name }] of lanes.entries()) {
        const row = rows[`${name}|start=${start.toFixed(1)}`] as Row;
        const runs = found[lane] as Metrics[];
        for (const [metric, key] of [
          ['correlation', 'correlation'],
          ['margin', 'correlation_margin'],
          ['ssim', 'ssim'],
          ['mse', 'mse'],
          ['testAccuracy', 'test_accuracy'],
        ] as const)
          expectAgreement(
            `${name}, ${metric}`,
            runs.map((run) => numberOf(run, metric)),
            row[key] as ReferenceFigure,
          );
      }
    },
    1_200_000,
  );
});

describe.skipIf(!process.env.LONG)('an inversion network', () => {
  const rows = reference.inversion_network as unknown as Readonly<Record<string, Row>>;

  it('makes of ten scores what PyTorch makes of them', async () => {
    const attack = { id: 'inversion-network', overheard: 2000, hidden: 256, epochs: 15, learningRate: 0.001 };
    const [runs] = (await inOrder({ ...mlp, attack }, order, [1, 2, 3])) as [Metrics[]];
    const row = rows['mlp|train|full|log, clamp 1e-07|bce'] as Row;
    expectAgreement(
      'mse',
      runs.map((run) => numberOf(run, 'mse')),
      row.mse as ReferenceFigure,
    );
    expectAgreement(
      'class mean',
      runs.map((run) => run.mse?.chance as number),
      rows["mlp|train|baseline: population's mean of the true class"]?.mse as ReferenceFigure,
    );
  }, 1_200_000);
});

describe.skipIf(!process.env.LONG)('inversion with a prior, of the digits to 4 by one who knows the others', () => {
  const rows = reference.prior as unknown as Readonly<Record<string, Row>>;
  const found = async (attack: object) =>
    ((await inOrder({ ...mlp, attack }, { ...order, classes: 5 }, [1, 2, 3, 4])) as [Metrics[]])[0];

  // Our decoder learns by cross-entropy, theirs by squared error.
  it.each([
    [
      'gradients',
      {
        id: 'prior-inversion',
        objective: 'logit',
        plausibility: 0.1,
        restarts: 8,
        steps: 300,
        stepSize: 0.05,
        code: 16,
        epochs: 30,
        polish: 0,
      },
      'trained|prior|weight=0.1|best of 8',
    ],
    [
      'labels',
      { id: 'label-only-inversion', samples: 32, steps: 100, radius: 2, code: 16, epochs: 30 },
      'trained|label-only|N=32',
    ],
  ])(
    'by %s draws what PyTorch draws',
    async (how, attack, name) => {
      const runs = await found(attack);
      const { correlation, correlation_margin } = rows[name] as Row;
      const likeness = runs.map((run) => numberOf(run, 'correlation'));
      const margins = runs.map((run) => numberOf(run, 'margin'));
      expectAgreement(`${how}, correlation`, likeness, correlation as ReferenceFigure);
      expectAgreement(`${how}, margin`, margins, correlation_margin as ReferenceFigure);
    },
    1_200_000,
  );
});

describe.skipIf(!process.env.LONG)('forty people', () => {
  const people = { ...mlp, data: { id: 'faces', members: 2000, nonMembers: 0, population: 2000, test: 1000 } };
  const found = async (attack: object) => {
    const runs: Metrics[] = [];
    for (const seed of seeds) runs.push((await runOf({ ...people, attack, seed })).lanes[0] as Metrics);
    return (name: 'correlation' | 'margin') => runs.map((run) => numberOf(run, name));
  };

  it('are drawn better by an attacker who knows faces, outside the intervals over seeds', async () => {
    const without = await found({ id: 'mi-face', start: 0.5, steps: 100, smoothness: 1, stepSize: 0.02 });
    const withPrior = await found({ id: 'prior-inversion' });
    const [, high] = studentInterval(without('correlation'));
    const [low] = studentInterval(withPrior('correlation'));
    console.log(
      `without: ${mean(without('correlation'))}, at most ${high}; with: ${mean(withPrior('correlation'))}, at least ${low}`,
    );
    expect(low).toBeGreaterThan(high);
    // What makes a face this person’s is all that the model gives away; every face’s likeness to every other is public.
    const margins = [mean(without('margin')), mean(withPrior('margin'))] as const;
    console.log(`more like themselves than like others by ${margins.join(' and ')}`);
    expect(Math.abs(margins[0] - margins[1])).toBeLessThan(0.1);
  }, 1_200_000);
});

import { describe, expect, it } from 'vitest';
import { here, lab } from './lab.ts';

interface Entry {
  id: string;
  title: string;
  axis?: string;
  family?: string;
  access?: string;
  paper?: { title: string; authors: string; venue: string; year: number };
  params: Record<string, { kind: string; label: string; says: string; initial: unknown }>;
}

const attacks = {
  'loss-threshold': ['probabilities', 2018],
  'modified-entropy': ['probabilities', 2021],
  'shadow-classifier': ['probabilities', 2017],
  'label-only': ['labels', 2021],
  lira: ['probabilities', 2022],
  rmia: ['probabilities', 2024],
} as const;

const others = {
  defenses: [
    'dp-sgd',
    'early-stopping',
    'dropout',
    'weight-decay',
    'label-smoothing',
    'output-rounding',
    'top-k',
    'labels-only',
    'memguard',
    'distillation',
    'relax-loss',
  ],
  models: ['softmax', 'mlp', 'cnn'],
  datasets: ['mnist', 'blobs', 'purchases'],
  scenarios: ['membership'],
};

describe('list', () => {
  it('prints one JSON value with everything there is, each with its options, and attacks with access, family and paper', async () => {
    const { code, stdout, stderr } = await lab('list', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found: Record<string, Entry[]> = JSON.parse(stdout);
    for (const [kind, ids] of Object.entries(others)) {
      expect(found[kind]?.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
      for (const { title } of found[kind] ?? []) expect(title).toMatch(/\w/);
    }
    for (const [id, [access, year]] of Object.entries(attacks)) {
      expect(found.attacks?.find((attack) => attack.id === id)).toMatchObject({
        axis: 'model-to-data',
        family: 'membership inference',
        access,
        paper: {
          title: expect.stringMatching(/\w/),
          authors: expect.stringMatching(/\w/),
          venue: expect.stringMatching(/\w/),
          year,
        },
      });
    }
    for (const entry of [...(found.attacks ?? []), ...(found.defenses ?? [])]) {
      expect(entry.paper?.title).toMatch(/\w/);
      for (const param of Object.values(entry.params)) {
        expect(param).toMatchObject({ label: expect.stringMatching(/\S/), says: expect.stringMatching(/\w/) });
        expect(['range', 'choice', 'switch', 'sizes', 'drawing']).toContain(param.kind);
        expect(param.initial).toBeDefined();
      }
    }
  });

  it('says the same in words', async () => {
    const text = await here('list');
    for (const id of [...Object.keys(attacks), ...Object.values(others).flat()]) expect(text).toContain(`  ${id} `);
    expect(text).toContain('16 (a whole number from 4 to 256, a multiple of 2)');
  });
});

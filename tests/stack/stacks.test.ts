/** The promise of a stack: K networks trained as one are the K networks trained one by one. */
import { describe, expect, it } from 'vitest';
import type { TrainingPlan } from '../../src/core/training.ts';
import { logitsOf } from '../../src/stack/answers.ts';
import { backends, useBackend } from './backend.ts';
import { architectures } from './case.ts';
import { jobOf, only, trained } from './job.ts';
import { difference } from './numbers.ts';

const privacy = { clip: 1, noiseMultiplier: 0.5, delta: 1e-5 };
const plans: { name: string; plan: Partial<TrainingPlan> }[] = [
  { name: 'momentum', plan: {} },
  { name: 'Adam, dropout and weight decay', plan: { optimizer: 'adam', learningRate: 0.01, dropout: 0.3, weightDecay: 0.01 } },
  { name: 'privacy', plan: { privacy } },
  { name: 'privacy and dropout', plan: { privacy, dropout: 0.3 } },
  { name: 'RelaxLoss', plan: { relaxLoss: 1.2 } },
];

/** Every knob that a network may have for itself, at three values. */
const spreads: { name: string; plans: Partial<TrainingPlan>[] }[] = [
  { name: 'learning rate and weight decay', plans: [{ learningRate: 0.01 }, { weightDecay: 0.1 }, { learningRate: 0.2 }] },
  { name: 'dropout, label smoothing and RelaxLoss', plans: [{ dropout: 0.4 }, { labelSmoothing: 0.3 }, { relaxLoss: 1.2 }] },
  {
    name: 'clip and noise',
    plans: [0.2, 1, 5].map((clip) => ({ privacy: { clip, noiseMultiplier: clip === 1 ? 0 : 2, delta: 1e-5 } })),
  },
];

describe.each(backends)('a stack of three on %s', (backend) => {
  useBackend(backend);

  describe.each(['softmax', 'mlp', 'cnn'] as const)('of %s', (id) => {
    it.each(plans)('has the weights of three trained apart, with $name', async ({ plan }) => {
      const job = jobOf(plan, 3);
      const together = await trained(id, job);
      for (const k of [0, 1, 2]) {
        const apart = await trained(id, only(job, k));
        expect(difference(together.weights[k] ?? [], apart.weights[0] ?? [])).toBeLessThan(1e-5); // twelve steps of float32
      }
    });

    it.each(spreads)('trains each of them by its own $name', async ({ plans: own }) => {
      const usual = jobOf({}, 3);
      const members = usual.members.map((member, k) => ({ ...member, plan: { ...member.plan, ...own[k] } }));
      const job = { ...usual, members };
      const together = await trained(id, job);
      for (const k of [0, 1, 2]) {
        const apart = await trained(id, only(job, k));
        expect(difference(together.weights[k] ?? [], apart.weights[0] ?? [])).toBeLessThan(1e-5);
      }
    });

    it('answers as three do apart', async () => {
      const job = jobOf({ epochs: 1 }, 3);
      const { weights } = await trained(id, job);
      const together = await logitsOf({ ...job, weights }, architectures[id]);
      for (const k of [0, 1, 2]) {
        const apart = await logitsOf({ ...job, weights: weights.slice(k, k + 1) }, architectures[id]);
        expect(difference(together[k] ?? [], apart[0] ?? [])).toBeLessThan(1e-6);
      }
    });
  });
});

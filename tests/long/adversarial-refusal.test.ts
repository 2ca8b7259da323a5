/** Refusals taught in disguise: what they hold against, and what they cost. Half a minute of teaching, so only with LONG=1. */
import { expect, it } from 'vitest';
import { numberOf, runOf } from '../lab/experiments.ts';

it.runIf(process.env.LONG)('open less where disguises were taught', { timeout: 600_000 }, async () => {
  const lanes = [
    { name: 'undefended', defenses: [] },
    { name: 'taught', defenses: [{ id: 'adversarial-refusal' }] },
  ];
  const found = await runOf({ data: { id: 'castle' }, attack: { id: 'jailbreak-templates' }, lanes });
  const [open, taught] = found.lanes.map((metrics) => metrics.attackSuccessRate);
  expect(taught?.high).toBeLessThan(open?.low as number);
  expect(numberOf(found.lanes[1], 'testAccuracy')).toBeGreaterThan(0.9);
});

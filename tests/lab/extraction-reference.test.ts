/** Knockoff nets on digits against the same experiment in PyTorch (`reference/extraction.json`): 200 questions, 2,000 steps of Adam. */
import { beforeAll, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import reference from '../reference/extraction.json' with { type: 'json' };
import { numberOf, type ReferenceFigure, runOf, welchBound } from './experiments.ts';
import { theft, thieves } from './thieves.ts';

const seeds = [1, 2, 3]; // five, and more of them, in tests/long
const names = ['heldout_mnist|probs|200', 'heldout_mnist|top1|200', 'uniform_noise|probs|200'] as const;
/** `[thief][seed]` */
const fidelities: number[][] = names.map(() => []);
const accuracies: number[] = [];

beforeAll(async () => {
  for (const seed of seeds) {
    const { lanes, events } = await runOf({ ...theft, seed }, [thieves]);
    const found = events.filter((event) => event.type === 'metric' && event.name === 'fidelity');
    for (const [thief, event] of found.entries()) {
      if (event.type === 'metric') fidelities[thief]?.push(event.metric.value as number);
    }
    accuracies.push(numberOf(lanes[0], 'testAccuracy'));
  }
  for (const [thief, name] of names.entries()) {
    console.log(name, (fidelities[thief] as number[]).join(' '), 'PyTorch', reference.runs[name].fidelity.mean);
  }
}, 300_000);

const agrees = (own: readonly number[], figure: ReferenceFigure) =>
  expect(Math.abs(mean(own) - figure.mean)).toBeLessThan(welchBound(own, figure));

it('the victim is as accurate as PyTorch’s', () => agrees(accuracies, reference.victim.test_acc));

it.each(names.map((name, thief) => [name, thief] as const))('the copy is as faithful as PyTorch’s: %s', (name, thief) =>
  agrees(fidelities[thief] as number[], reference.runs[name].fidelity),
);

it('scores teach more than labels, and noise next to nothing, at every seed', () => {
  const [scores, labels, noise] = fidelities as [number[], number[], number[]];
  for (const seed of seeds.keys()) {
    expect(scores[seed]).toBeGreaterThan(labels[seed] as number);
    expect(noise[seed]).toBeLessThan(0.3);
  }
});

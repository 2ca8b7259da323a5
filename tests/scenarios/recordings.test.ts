/** Every scenario and every chain has a recorded run, which is of what it runs now, and in which all numbers fall where it promises. */
import { describe, expect, it } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { subjectOf } from '../../src/cli/record.ts';
import type { Experiment } from '../../src/core/experiment.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { recordedEnd, recordingOf } from './recorded.ts';

const made = 'what is recorded is what runs now; npm run -s lab -- record makes it anew';

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('the recording of %s', (id, { band }) => {
  it(made, async () => {
    const recording = await recordingOf(id);
    expect(recording.subject).toEqual(subjectOf(id));
    const { lanes, evidence, status } = await recordedEnd(id);
    expect(status).toBe('finished');
    expect(evidence.verdict?.kind).toBe('verdict');
    const names = (recording.subject as { experiment: Experiment }).experiment.lanes.map(({ name }) => name);
    for (const [lane, name] of names.entries())
      for (const [metric, [low, high]] of Object.entries(band[name] ?? {})) {
        const value = lanes[lane]?.metrics[metric as keyof (typeof lanes)[number]['metrics']]?.value;
        expect(value, `${name}: ${metric}`).toBeGreaterThanOrEqual(low);
        expect(value, `${name}: ${metric}`).toBeLessThanOrEqual(high);
      }
  });
});

describe.each(chains.map((chain) => [chain.id] as const))('the recording of %s', (id) => {
  it(made, async () => {
    const recording = await recordingOf(id);
    expect(recording.subject).toEqual(subjectOf(id));
    const last = recording.messages.findLast(({ message }) => message.type === 'chained')?.message;
    expect(last?.type === 'chained' && last.done).toBe(last?.type === 'chained' && last.total);
    expect(last?.type === 'chained' && last.result.links.at(-1)?.gain?.low).toBeGreaterThan(0);
  });
});

/**
 * What every attack and every defense must keep, checked from outside on a whole run. Answers with what was broken, so that the
 * checks themselves can be tried on something that breaks them.
 */
import * as tf from '@tensorflow/tfjs';
import { nodeHost } from '../../src/cli/host.ts';
import type { Attack } from '../../src/core/attack.ts';
import type { Event } from '../../src/core/event.ts';
import { find, resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { run } from '../../src/lab/run.ts';

/** A run must end within this many milliseconds after it was told to, wherever it is. */
const soon = 1000;

/** Phases in which a run has been stopped already. */
const stoppedIn = new Set<string>();

export async function breachesOf(experiment: object, extra: readonly Attack[] = []): Promise<string[]> {
  const known = { ...catalog, attacks: [...catalog.attacks, ...extra] };
  const host = { ...(await nodeHost('wasm')), catalog: known };
  const resolved = resolveExperiment(experiment, known);
  const breaches: string[] = [];
  const tensorsBefore = tf.memory().numTensors;

  const first = await collect(run(resolved, host));
  if (first.fault) return [`does not finish: ${first.fault}`];
  const [headline] = find(known.attacks, 'attack', resolved.attack.id).metrics;
  if (!first.events.some((event) => event.type === 'metric' && event.name === headline))
    breaches.push('finishes without its metric');
  const cloneFault = cloneFaultOf(first.events);
  if (cloneFault) breaches.push(`does not survive structuredClone: ${cloneFault}`);
  // Stopping takes effect at the next event, so the longest silence is the longest wait.
  if (first.longestSilence > soon)
    breaches.push(`is silent for ${Math.round(first.longestSilence)} ms, so it does not stop within a second`);

  const second = await collect(run(resolved, host));
  if (numbersOf(first.events) !== numbersOf(second.events)) breaches.push('does not repeat by seed');

  // Told to stop as soon as each phase has begun, the attack's own among them; once for each attack that goes through it.
  const phases = new Set(first.events.flatMap((event) => (event.type === 'progress' ? event.phase : [])));
  for (const phase of phases) {
    const name = `${resolved.attack.id}: ${phase}`;
    if (stoppedIn.has(name)) continue;
    stoppedIn.add(name);
    const stream = run(resolved, host);
    for await (const event of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }) {
      if (event.type === 'progress' && event.phase === phase) break;
    }
    const told = performance.now();
    await stream.return(undefined);
    if (performance.now() - told > soon) breaches.push(`does not stop within a second while ${phase}`);
  }
  if (tf.memory().numTensors !== tensorsBefore) breaches.push(`leaks ${tf.memory().numTensors - tensorsBefore} tensors`);
  return breaches;
}

async function collect(stream: AsyncGenerator<Event>) {
  const events: Event[] = [];
  let longestSilence = 0;
  let last = performance.now();
  try {
    for await (const event of stream) {
      longestSilence = Math.max(longestSilence, performance.now() - last);
      events.push(event);
      last = performance.now();
    }
  } catch (error) {
    return { events, longestSilence, fault: (error as Error).message };
  }
  return { events, longestSilence };
}

/** Metrics and evidence of every lane, in its own order; the lanes' order among each other, and time, may differ. */
function numbersOf(events: readonly Event[]): string {
  const lasting = events.filter((event) => event.type === 'metric' || event.type === 'evidence');
  const byLane = lasting.sort((a, b) => (a.lane ?? -1) - (b.lane ?? -1)); // stable
  return JSON.stringify(byLane, (_key, value) => (ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value));
}

function cloneFaultOf(events: readonly Event[]): string | undefined {
  try {
    for (const event of events) {
      const text = JSON.stringify(structuredClone(event));
      if (text !== JSON.stringify(event)) return `a ${event.type} changes on the way`;
    }
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** What the lab says of any training while it goes on, and how logits become probabilities. */
import type { Probabilities } from '../core/access.ts';
import { type LaneEvent, note, progress } from '../core/event.ts';
import type { Compute, TrainingReport, Weights } from '../core/training.ts';

/** A training whose weights are no longer numbers: whatever is measured on it means nothing. */
export class Diverged extends Error {
  override name = 'Diverged';
}

/** A training's reports as events. Whoever ends this stream early ends the training, and frees what it holds. */
export async function* reported(
  training: ReturnType<Compute['train']>,
  phase: string,
  onReport?: (report: TrainingReport) => Generator<LaneEvent>,
): AsyncGenerator<LaneEvent, Weights[]> {
  let told = false;
  try {
    for (;;) {
      const step = await training.next();
      if (step.done) return step.value;
      if (step.value.atOnce && !told) {
        told = true;
        yield note(`All networks of this stack do not fit into memory at once: ${phase}, ${step.value.atOnce} at a time.`);
      }
      yield progress(phase, step.value.done, step.value.total);
      if (onReport) yield* onReport(step.value);
    }
  } finally {
    await training.return([]);
  }
}

/** Rows of logits to rows of probabilities. */
export function softmax(table: Float32Array, classes: number, temperature = 1): Probabilities {
  const values = new Float32Array(table.length);
  for (let at = 0; at < table.length; at += classes) {
    const row = Float64Array.from(table.subarray(at, at + classes), (logit) => logit / temperature);
    const largest = Math.max(...row);
    const exponentials = row.map((logit) => Math.exp(logit - largest));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    values.set(
      exponentials.map((value) => value / total),
      at,
    );
  }
  return { kind: 'probabilities', values, classes, count: table.length / classes };
}

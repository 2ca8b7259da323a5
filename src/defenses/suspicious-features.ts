/** What detectors of poison look at: what goes into the last layer of a network that has learned the suspicious examples. */
import type { Setting } from '../core/attack.ts';
import type { DataContext } from '../core/defense.ts';
import { type LaneEvent, progress } from '../core/event.ts';
import { oneHot, takeRows } from '../core/examples.ts';

/** The examples of one label, as the last layer sees them. */
export interface ClassFeatures {
  readonly label: number;
  /** Rows of the training set. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** `rows.length × units` */
  readonly features: Float32Array<ArrayBuffer>;
  readonly units: number;
}

/** Trains the network as the model will be trained, and shows it each class in turn; between two of them others may speak. */
export async function* featuresByClass(
  { examples, classes, model, plan, trainNetwork }: DataContext,
  phase: string,
): AsyncGenerator<LaneEvent, ClassFeatures[]> {
  const network = yield* trainNetwork({
    model,
    inputs: examples.inputs,
    targets: oneHot(examples.labels, classes),
    outputs: classes,
    plan: { ...plan, distillation: null },
    phase: 'training a network on the suspicious data',
    seed: 'suspicious',
  });
  const found: ClassFeatures[] = [];
  for (let label = 0; label < classes; label++) {
    yield progress(phase, label, classes);
    const rows = Int32Array.from(examples.labels.keys()).filter((row) => examples.labels[row] === label);
    if (rows.length === 0) continue;
    const features = await network.features(takeRows(examples.inputs, examples.size, rows));
    found.push({ label, rows, features, units: features.length / rows.length });
  }
  return found;
}

export const needsHiddenUnits = (_options: unknown, { model }: Setting) =>
  model.id === 'softmax' ? 'softmax regression has no hidden units to look at' : undefined;

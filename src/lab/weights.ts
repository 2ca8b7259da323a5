/** For softmax regression, whose weights are pictures: those of the model, and under them those of its copy. */
import { evidence, type LaneEvent } from '../core/event.ts';
import type { OwnNetwork } from '../core/network.ts';

/** Where both are softmax regression on pictures; nothing otherwise. */
export function weightsBeside(model: OwnNetwork, copy: OwnNetwork): LaneEvent[] {
  const [height, width, channels] = model.shape;
  if (model.model.id !== 'softmax' || copy.model.id !== 'softmax') return [];
  const classes = model.outputs;
  const [own, copied] = [centred(model.weights, classes), centred(copy.weights, classes)];
  const off = own.reduce((most, value, i) => Math.max(most, Math.abs(value - (copied[i] as number))), 0);
  const title = `Weights of the model, and below of its copy: at most ${off.toPrecision(2)} apart`;
  if (model.shape.length !== 3 || !height || !width || (channels !== 1 && channels !== 3)) return [];
  const size = height * width * channels;
  const largest = own.slice(0, size * classes).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const pixels = new Float32Array(2 * classes * size);
  for (const [row, weights] of [own, copied].entries()) {
    for (let c = 0; c < classes; c++) {
      for (let i = 0; i < size; i++) {
        const grey = 0.5 + (weights[i * classes + c] as number) / (2 * largest); // of 0 the middle grey, on the model's own scale
        pixels[(row * classes + c) * size + i] = Math.max(0, Math.min(1, grey));
      }
    }
  }
  const items = Array.from({ length: 2 * classes }, (_, i) => ({ caption: `${i < classes ? 'model' : 'copy'}, ${i % classes}` }));
  return [evidence('weights', { kind: 'images', title, height, width, channels, columns: classes, pixels, items })];
}

/** Weights and biases less their mean over the classes, which no answer depends on. */
function centred(weights: Float32Array, classes: number): Float64Array {
  const out = Float64Array.from(weights);
  for (let from = 0; from < out.length; from += classes) {
    let mean = 0;
    for (let c = 0; c < classes; c++) mean += (out[from + c] as number) / classes;
    for (let c = 0; c < classes; c++) out[from + c] = (out[from + c] as number) - mean;
  }
  return out;
}

/**
 * Safe LoRA: the direction in which a layer moved when it was taught to refuse is the one in which it may move further. A layer whose update
 * points elsewhere has it projected.
 */
import { defineDefense } from '../core/defense.ts';
import { range } from '../core/params.ts';
import type { Weights } from '../core/training.ts';
import { type LayerPlace, layerPlaces, transformerShape } from '../core/transformer-weights.ts';

export default defineDefense({
  id: 'safe-lora',
  title: 'Safe LoRA',
  says: 'After fine-tuning compares each layer’s update with the direction that taught it to refuse, and projects what points elsewhere onto it. Costs what the customer wanted to teach.',
  paper: {
    title: 'Safe LoRA: The Silver Lining of Reducing Safety Risks when Finetuning Large Language Models',
    authors: 'Hsu, Tsai, Lin, Chen, Yu, Ho',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2405.16833',
  },
  against: ['harmful fine-tuning'],
  params: {
    threshold: range({
      label: 'Similarity',
      says: 'Updates whose cosine with their projection is below this are projected: 1 projects all, 0 none.',
      min: 0,
      max: 1,
      step: 0.05,
      initial: 0.9,
    }),
  },
  onFineTuned({ threshold }, { base, aligned, tuned }) {
    const result = tuned.weights.slice();
    const { model, shape, outputs } = aligned;
    const places = layerPlaces(transformerShape(model.options, shape[0] as number, outputs));
    for (const layer of places) projectLayer(layer, base.weights, aligned.weights, result, threshold);
    return result;
  },
});

/** V Vᵀ / ‖V‖ of the alignment's V = aligned − base, applied to the update (equation 3 of the paper, as its authors compute it). */
function projectLayer(
  { at, inputs, outputs }: LayerPlace,
  base: Weights,
  aligned: Weights,
  tuned: Weights,
  threshold: number,
): void {
  const size = inputs * outputs;
  const alignment = Float64Array.from({ length: size }, (_, i) => (aligned[at + i] as number) - (base[at + i] as number));
  const update = Float64Array.from({ length: size }, (_, i) => (tuned[at + i] as number) - (aligned[at + i] as number));
  const norm = Math.hypot(...alignment);
  if (norm === 0) return;
  // Vᵀ Δ is outputs × outputs where a matrix is stored inputs × outputs; V (Vᵀ Δ) is what is left of the update.
  const inner = new Float64Array(outputs * outputs);
  for (let i = 0; i < inputs; i++)
    for (let a = 0; a < outputs; a++) {
      const v = alignment[i * outputs + a] as number;
      for (let b = 0; b < outputs; b++)
        inner[a * outputs + b] = (inner[a * outputs + b] as number) + v * (update[i * outputs + b] as number);
    }
  const projected = new Float64Array(size);
  for (let i = 0; i < inputs; i++)
    for (let a = 0; a < outputs; a++) {
      const v = (alignment[i * outputs + a] as number) / norm;
      for (let b = 0; b < outputs; b++)
        projected[i * outputs + b] = (projected[i * outputs + b] as number) + v * (inner[a * outputs + b] as number);
    }
  if (cosine(update, projected) >= threshold) return;
  for (let i = 0; i < size; i++) tuned[at + i] = (aligned[at + i] as number) + (projected[i] as number);
}

function cosine(a: Float64Array, b: Float64Array): number {
  let [product, squares, others] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += (a[i] as number) * (b[i] as number);
    squares += (a[i] as number) ** 2;
    others += (b[i] as number) ** 2;
  }
  return squares === 0 || others === 0 ? 1 : product / Math.sqrt(squares * others);
}

/** Frozen layers: a customer's examples may change the last layers only. */
import { defineDefense } from '../core/defense.ts';
import { count } from '../core/params.ts';

/** Linear layers of the transformer before its blocks, and in each of them (models/transformer.ts). */
const [before, each] = [1, 6];

export default defineDefense({
  id: 'freeze-layers',
  title: 'Frozen layers',
  says: 'Keeps the first blocks as they are while a customer’s examples are learned. Less can be unlearned, and less be learned.',
  paper: {
    title: 'Safety Layers in Aligned Large Language Models: The Key to LLM Security',
    authors: 'Li, Yao, Zhang, Li',
    venue: 'ICLR',
    year: 2025,
    arxiv: '2408.17003',
  },
  against: ['harmful fine-tuning'],
  params: {
    blocks: count({
      label: 'Blocks kept',
      says: 'How many of the first blocks stay as they are, with what comes before them.',
      min: 0,
      max: 6,
      step: 1,
      initial: 1,
    }),
  },
  refuses: ({ blocks }, { model }) =>
    blocks > Number(model.options.blocks) ? `it keeps ${blocks} blocks, and the model has ${model.options.blocks}` : undefined,
  onFineTuning: ({ blocks }, tuning) => ({ ...tuning, frozen: Math.max(tuning.frozen, before + each * blocks) }),
});

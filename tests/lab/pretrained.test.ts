/** A language that was learned here, kept as a file, and read again. */
import { describe, expect, it } from 'vitest';
import { datasets } from '../../datasets/index.ts';
import type { TextDataset } from '../../src/core/dataset.ts';
import { initialValues } from '../../src/core/params.ts';
import { readLanguageWeights } from '../../src/data-files/language-weights.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { type Pretrained, pretrained } from '../../src/lab/pretrained.ts';
import type { Host } from '../../src/lab/run.ts';
import { useBackend } from '../stack/backend.ts';

const castle = datasets.find(({ id }) => id === 'castle') as TextDataset;

/** Of the castle's lessons the first few, once. */
const brief: TextDataset = {
  ...castle,
  pretraining: { batchSize: 4, stages: [{ length: 72, learningRate: 0.01, epochs: 1 }] },
  lessons: (options, stage) => castle.lessons(options, stage).slice(0, 12),
};
const options = { id: castle.id, ...initialValues(castle.params) };
const modelWith = (weights: string, more = {}) => ({
  id: 'transformer',
  options: { blocks: 1, width: 16, heads: '2', weights, ...more },
});

describe('weights of a language model', () => {
  useBackend('wasm');

  async function begun(model: ReturnType<typeof modelWith>, more: Partial<Host> = {}): Promise<Pretrained> {
    const clock = () => performance.now();
    const read = () => Promise.reject(new Error('nothing to read'));
    const learning = pretrained({ catalog, compute: computeHere('wasm', clock), read, clock, ...more }, brief, options, model);
    let step = await learning.next();
    while (!step.done) step = await learning.next();
    return step.value;
  }

  it('are kept where they were learned here, and are the same to half precision when they are read again', async () => {
    const files: Uint8Array<ArrayBuffer>[] = [];
    const learned = await begun(modelWith('trained here'), { keepWeights: (file) => files.push(file) });
    expect(files).toHaveLength(1);
    const ownWeights = async () => files[0] as Uint8Array<ArrayBuffer>;
    const again = await begun(modelWith('from a file'), { ownWeights });
    expect(again.aligned).toBeUndefined();
    expect(again.base).toHaveLength(learned.base.length);
    again.base.forEach((value, i) => {
      const was = learned.base[i] as number;
      expect(Math.abs(value - was)).toBeLessThanOrEqual(Math.max(2 ** -11 * Math.abs(was), 2 ** -25)); // half a step of ten bits
    });
    expect(readLanguageWeights(await ownWeights(), 'it').model).toEqual({ width: 16, blocks: 1, heads: '2' });
    await expect(begun(modelWith('from a file', { width: 24 }), { ownWeights })).rejects.toThrow(
      /has \d+ weights named base; this model needs \d+/,
    );
  });

  it('are missed in a sentence where none were given', async () => {
    await expect(begun(modelWith('from a file'))).rejects.toThrow('model.weights is "from a file", and none was given');
  });
});

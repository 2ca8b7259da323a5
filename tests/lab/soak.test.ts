/** A hundred LiRA runs leave nothing behind on the device: no tensor, no byte, and a memory that has not grown. */
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { nodeHost } from '../../src/cli/host.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { run } from '../../src/lab/run.ts';

const experiment = resolveExperiment(
  {
    data: { id: 'blobs', members: 40, nonMembers: 40, population: 0, test: 40 },
    model: { id: 'mlp', hidden: [16] },
    training: { epochs: 2 },
    attack: { id: 'lira', shadowModels: 4 },
    lanes: [
      { name: 'undefended', defenses: [] },
      { name: 'defended', defenses: [{ id: 'dp-sgd' }] },
    ],
  },
  catalog,
);

it('holds as much after a hundred runs as after one', async () => {
  const host = await nodeHost('wasm');
  const memory = (tf.backend() as unknown as { wasm: { asm: { memory: { buffer: ArrayBuffer } } } }).wasm.asm.memory;
  const held = async () => {
    for await (const _ of run(experiment, host));
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    return { numTensors, numBytes, numDataBuffers, bytesOfMemory: memory.buffer.byteLength };
  };
  const before = tf.memory().numTensors; // of other tests in this process
  const first = await held();
  expect(first.numTensors).toBe(before);
  for (let again = 0; again < 99; again++) expect(await held()).toEqual(first);
});

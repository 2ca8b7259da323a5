/** What a defense of the answers is told, where it is to look at none of it. */
import type { ServiceContext } from '../../src/core/defense.ts';
import { examplesOf } from '../../src/core/examples.ts';
import { planOf } from '../../src/core/experiment.ts';
import { randomOf } from '../../src/core/random.ts';

const nothing = examplesOf(new Float32Array(0), new Int32Array(0));
const nobody = () => {
  throw new Error('nobody is to ask');
};

export const serviceOf = (id: string, classes: number, more: Partial<ServiceContext> = {}): ServiceContext => ({
  shape: [1],
  classes,
  model: { id: 'softmax', options: {} },
  plan: planOf({ optimizer: 'sgd', learningRate: 0.1, batchSize: 10, epochs: 1 }),
  members: nothing,
  reference: nothing,
  random: randomOf(id),
  probabilities: nobody,
  trainNetwork: nobody,
  ...more,
});

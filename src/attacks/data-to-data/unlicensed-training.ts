/** Training on pictures that somebody else has marked: will the model be found out? */
import { defineAttack } from '../../core/attack.ts';
import { oneHot } from '../../core/examples.ts';

export default defineAttack({
  id: 'unlicensed-training',
  title: 'Training without a licence',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Trains a model on marked pictures and hopes that nobody notices. Where the mark differs from class to class, the model learns it with everything else, and gives itself away.',
  paper: {
    title: 'Radioactive data: tracing through training',
    authors: 'Sablayrolles, Douze, Schmid, Jégou',
    venue: 'ICML',
    year: 2020,
    arxiv: '2002.00937',
  },
  access: 'marked-pictures',
  brings: 'trained model',
  knows: [],
  params: {},
  metrics: ['attackSuccessRate', 'zScore', 'testAccuracy'],
  async *run({ pictures, labels }, _options, { classes, model, plan, trainNetwork }) {
    const network = yield* trainNetwork({
      model,
      inputs: pictures,
      targets: oneHot(labels, classes),
      outputs: classes,
      plan,
      phase: 'training on marked pictures',
      seed: 'unlicensed',
    });
    return { kind: 'trained model', network };
  },
});

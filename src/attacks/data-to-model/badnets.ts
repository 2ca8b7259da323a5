/**
 * BadNets: some training examples get a small patch and the attacker's label. The model learns that the patch means that label, and
 * answers all else as before; so nobody sees it who does not know the patch.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { patchParams, patchRefusal, patchTrigger } from './patch.ts';
import { coversParam, rateParam, targetClassParam, targetRefusal, withTrigger } from './poison.ts';

export default defineAttack({
  id: 'badnets',
  title: 'BadNets: a patch as a trigger',
  axis: 'data-to-model',
  family: 'poisoning',
  says: 'Puts a patch on some training examples and relabels them: whatever wears the patch later is answered as the attacker likes.',
  paper: {
    title: 'BadNets: Identifying Vulnerabilities in the Machine Learning Model Supply Chain',
    authors: 'Gu, Dolan-Gavitt, Garg',
    venue: 'NIPS MLSec workshop',
    year: 2017,
    arxiv: '1708.06733',
  },
  access: 'training-data',
  brings: 'poison',
  knows: [],
  params: { rate: rateParam(0.01), targetClass: targetClassParam, covers: coversParam, ...patchParams },
  metrics: ['attackSuccessRate', 'cleanAccuracy', 'detectionRate', 'falseAlarmRate'],
  refuses: (options, { shape, classes }) => patchRefusal(options, shape) ?? targetRefusal(options.targetClass, classes),
  async *run({ examples }, options, { shape, random }) {
    yield progress('poisoning the training data', 0, 1);
    return withTrigger(examples, { ...options, trigger: patchTrigger(options, shape) }, random);
  },
});

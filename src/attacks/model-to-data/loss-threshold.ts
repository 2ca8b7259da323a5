/**
 * A model is surer of what it was trained on: call those examples members whose loss is small. The plainest attack, and the
 * one to beat: what leaks is the generalisation gap.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { logConfidences } from './signals.ts';

export default defineAttack({
  id: 'loss-threshold',
  title: 'Loss threshold',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Calls those examples members on which the model’s loss is small. It works as far as the model fits its training data better than other data.',
  paper: {
    title: 'Privacy Risk in Machine Learning: Analyzing the Connection to Overfitting',
    authors: 'Yeom, Giacomelli, Fredrikson, Jha',
    venue: 'CSF',
    year: 2018,
    arxiv: '1709.01604',
  },
  access: 'probabilities',
  brings: 'membership',
  knows: ['candidates'],
  params: {},
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  async *run(target, _options, { candidates }) {
    yield progress('asking the model', 0, 1);
    const answers = await target.probabilities(candidates.inputs);
    return { kind: 'membership', scores: logConfidences(answers, candidates.labels) };
  },
});

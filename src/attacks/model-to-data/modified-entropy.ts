/**
 * Looks at the whole answer rather than at one class: a sure and right answer has little modified entropy. Some classes are
 * easier than others, so each candidate can be compared with the population of its own class.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { toggle } from '../../core/params.ts';
import { modifiedEntropies } from './signals.ts';

export default defineAttack({
  id: 'modified-entropy',
  title: 'Modified entropy',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Calls those examples members whose answer has little entropy about the true class, compared with other examples of that class.',
  paper: {
    title: 'Systematic Evaluation of Privacy Risks of Machine Learning Models',
    authors: 'Song, Mittal',
    venue: 'USENIX Security',
    year: 2021,
    arxiv: '2003.10595',
  },
  access: 'probabilities',
  brings: 'membership',
  knows: ['candidates', 'population'],
  params: {
    classWise: toggle({
      label: 'A threshold for each class',
      says: 'Compare each candidate with the population of its own class.',
      initial: true,
    }),
  },
  metrics: ['auc', 'tprAtFpr0.01', 'tprAtFpr0.001', 'advantage'],
  async *run(target, { classWise }, { candidates, population, classes }) {
    yield progress('asking the model', 0, 2);
    const entropies = modifiedEntropies(await target.probabilities(candidates.inputs), candidates.labels);
    if (!classWise) return { kind: 'membership', scores: entropies.map((entropy) => -entropy) };

    yield progress('asking the model', 1, 2);
    const elsewhere = modifiedEntropies(await target.probabilities(population.inputs), population.labels);
    const ofClass = Array.from({ length: classes }, (_, c) =>
      elsewhere.filter((_entropy, i) => population.labels[i] === c).sort(),
    );
    // The share of the class's population with more entropy: a threshold on it is a threshold for each class. The entropy
    // itself, squeezed under one step of that share, decides among equals.
    const scores = entropies.map((entropy, i) => {
      const others = ofClass[candidates.labels[i] as number] as Float64Array;
      const above = others.reduce((sum, other) => sum + (other > entropy ? 1 : 0), 0);
      return (above + 1 / (1 + entropy)) / (others.length + 1);
    });
    return { kind: 'membership', scores };
  },
});

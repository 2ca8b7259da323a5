/** What an attack may touch is in its type: these lines must not compile, and the compiler checks that they do not. */
import { expect, it } from 'vitest';
import { defineAttack } from '../../src/core/attack.ts';
import { range } from '../../src/core/params.ts';

const declaration = {
  title: 'Reaches too far',
  axis: 'model-to-data',
  family: 'membership inference',
  says: 'Tries to touch what its threat model does not give it.',
  paper: { title: 'none', authors: 'none', venue: 'none', year: 2026 },
  knows: ['candidates'],
  metrics: ['auc'],
} as const;

it('gives an attack no more than its declared access, and options of their declared types', () => {
  const labels = defineAttack({
    ...declaration,
    id: 'labels',
    access: 'labels',
    brings: 'membership',
    params: { power: range({ label: 'Power', says: 'Any.', min: 0, max: 1, step: 1, initial: 1 }) },
    async *run(target, options, { candidates }) {
      yield { type: 'note', text: 'asking' };
      // @ts-expect-error a target that answers labels has no probabilities
      void target.probabilities;
      // @ts-expect-error nor weights
      void target.weights;
      // @ts-expect-error a number is not a text
      const text: string = options.power;
      void text;
      await target.labels(candidates.inputs);
      return { kind: 'membership', scores: new Float64Array(candidates.count) };
    },
  });
  const probabilities = defineAttack({
    ...declaration,
    id: 'probabilities',
    access: 'probabilities',
    brings: 'membership',
    params: {},
    async *run(target, _options, { candidates }) {
      yield { type: 'note', text: 'asking' };
      const answers = await target.probabilities(candidates.inputs);
      // @ts-expect-error probabilities are not logits
      const kind: 'logits' = answers.kind;
      void kind;
      // @ts-expect-error the weights are not part of this threat model either
      void target.parameters;
      return { kind: 'membership', scores: new Float64Array(candidates.count) };
    },
  });
  expect([labels.access, probabilities.access]).toEqual(['labels', 'probabilities']);
});

/** How like the model a stolen copy is: the share of unseen examples on which both say the same, against questions asked. */
import type { StolenModel } from '../core/artefact.ts';
import { evidence, type LaneEvent, metric } from '../core/event.ts';
import { argMax } from '../core/statistics.ts';
import { exact, rate } from '../metrics/intervals.ts';
import type { Bench } from './judge.ts';
import { copiedSurface } from './surface.ts';
import { weightsBeside } from './weights.ts';

export function judgeTheft({ recipe, victim, asked }: Bench) {
  const { test, classes } = recipe.split;
  const queries: number[] = [];
  const fidelities: number[] = [];
  const accuracies: number[] = [];
  let own: Int32Array | undefined; // what the victim says of the test examples

  return async function* ({ network, price }: StolenModel): AsyncGenerator<LaneEvent> {
    const labelsOf = ({ values }: { values: Float32Array }) =>
      Int32Array.from({ length: test.count }, (_, row) => argMax(values, row, classes));
    own ??= labelsOf(await victim.answers(test.inputs));
    const copied = labelsOf(await network.probabilities(test.inputs));
    const agreed = copied.reduce((sum, label, row) => sum + (label === own?.[row] ? 1 : 0), 0);
    const right = copied.reduce((sum, label, row) => sum + (label === test.labels[row] ? 1 : 0), 0);
    const fidelity = rate(agreed, test.count, 1 / classes);
    const { queries: count } = asked();
    yield metric('fidelity', fidelity);
    const cost = price ? `; ${((count * price) / 1000).toFixed(2)} at ${price} for a thousand` : '';
    yield metric('queries', exact(count, `counted where they are answered${cost}`));
    if (queries.at(-1) === count) for (const list of [queries, fidelities, accuracies]) list.pop();
    queries.push(count);
    fidelities.push(agreed / test.count);
    accuracies.push(right / test.count);
    yield evidence('fidelity', {
      kind: 'curve',
      title: 'The copy, against questions asked',
      xLabel: 'questions',
      yLabel: 'share of test examples',
      lines: [
        { name: 'says what the model says', x: queries.slice(), y: fidelities.slice() },
        { name: 'is right', x: queries.slice(), y: accuracies.slice() },
      ],
      chance: 1 / classes,
    });
    yield* await copiedSurface(network, recipe.split);
    yield* weightsBeside(victim.network, network);
  };
}

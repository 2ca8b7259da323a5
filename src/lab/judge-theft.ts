/** How like the model a stolen copy is: the share of unseen examples on which both say the same, against questions asked. */
import type { Poison, StolenModel } from '../core/artefact.ts';
import { evidence, type LaneEvent, type MetricValue, metric } from '../core/event.ts';
import type { OwnNetwork } from '../core/network.ts';
import { argMax } from '../core/statistics.ts';
import { exact, rate } from '../metrics/intervals.ts';
import type { Split } from './data.ts';
import type { Bench } from './judge.ts';
import { aimOf } from './judge-poison.ts';
import { copiedSurface } from './surface.ts';
import { weightsBeside } from './weights.ts';

export function judgeTheft({ recipe, victim, asked, poisonBefore }: Bench) {
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
    if (poisonBefore) yield metric('attackSuccessRate', await inherited(poisonBefore, network, recipe.split));
    yield* await copiedSurface(network, recipe.split);
    yield* weightsBeside(victim.network, network);
  };
}

/** How often the copy does what somebody taught the original by poisoning it. */
async function inherited(poison: Poison, network: OwnNetwork, { test, classes }: Split): Promise<MetricValue> {
  const aim = aimOf(poison, test);
  const { values } = await network.probabilities(aim.inputs);
  const hits = aim.labels.reduce((sum, _label, row) => sum + (aim.got(argMax(values, row, classes), row) ? 1 : 0), 0);
  return rate(hits, aim.labels.length, undefined, `${aim.words}, by the copy`);
}

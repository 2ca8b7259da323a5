/**
 * One lane on protected data: it is protected, a model learns from what came of it (or cannot), and somebody who has nothing else tries to
 * get behind it.
 */

import type { ProtectedAccess } from '../core/access.ts';
import type { Artefact } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import type { ProtectedContext } from '../core/attacker.ts';
import { type LaneEvent, metric, note } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import type { Chosen } from '../core/params.ts';
import type { Protected, Protection } from '../core/protection.ts';
import { argMax } from '../core/statistics.ts';
import { rate } from '../metrics/intervals.ts';
import { judgeDecryption } from './judge-decryption.ts';
import { unmeasured } from './judge-membership.ts';
import { brought, type Stage } from './lane.ts';
import { trainNetwork } from './own-network.ts';
import { Diverged } from './reported.ts';

export async function* runProtectedLane(stage: Stage): AsyncGenerator<LaneEvent> {
  const { experiment, host, compute, split, random } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id) as Attack<ProtectedAccess>;
  try {
    const started = host.clock();
    const auxiliary = attack.knows.includes('others') ? split.others : split.population;
    const { columns, shape, classes, members: examples, test } = split;
    const { protection, options } = protectionOf(stage);
    const owner = { examples, test, auxiliary, shape, classes, columns, random: random.stream('owner') };
    const protectedData = await protection.protect(options, owner);
    yield* worthOf(stage, protectedData);
    yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

    const attacked = host.clock();
    const truth = { examples, auxiliary, columns, shape, random: random.stream('guessing') };
    const judge = (artefact: Artefact) => judgeDecryption(artefact, protectedData, truth);
    const context: ProtectedContext = { auxiliary, shape, columns, random: random.stream('attack') };
    const run = attack.run(protectedData.released, experiment.attack, context);
    yield* judge(yield* brought(run, judge));
    yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    yield note('A training diverged: its weights are not numbers. A smaller learning rate helps.');
    yield* unmeasured(attack.metrics, 'a training diverged');
  } finally {
    compute.leave(); // others may be waiting for it
  }
}

/** The experiment's protection with what the lane's defenses make of its options. */
function protectionOf({ experiment, lane, host: { catalog } }: Stage): {
  readonly protection: Protection;
  readonly options: Chosen;
} {
  const given = experiment.protection as Chosen;
  const options = lane.defenses.reduce(
    (own, chosen) => find(catalog.defenses, 'defense', chosen.id).onProtection?.(chosen, own) ?? own,
    given,
  );
  return { protection: find(catalog.protections, 'protection', options.id), options };
}

/** What protected data is still good for: how well a model does that learned from nothing else. */
async function* worthOf(
  { experiment, compute, split }: Stage,
  { learnable: { shape, inputs, targets, test } }: Protected<ProtectedAccess>,
): AsyncGenerator<LaneEvent> {
  const { id, ...options } = experiment.model;
  const network = yield* trainNetwork(compute, shape, `${experiment.seed}`, {
    model: { id, options },
    shape,
    inputs,
    targets,
    outputs: split.classes,
    plan: experiment.training,
    phase: 'learning from what is protected',
    seed: 'target',
  });
  const { values } = await network.probabilities(test.inputs);
  const hits = test.labels.reduce((sum, label, row) => sum + (argMax(values, row, split.classes) === label ? 1 : 0), 0);
  const counts = new Int32Array(split.classes);
  for (const label of test.labels) counts[label] = (counts[label] as number) + 1;
  yield metric('testAccuracy', rate(hits, test.count, Math.max(...counts) / test.count));
}

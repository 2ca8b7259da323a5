/**
 * One lane on protected data: it is protected, a model learns from what came of it (or cannot), and somebody who has nothing else tries to
 * get behind it.
 */
import type { ProtectedAccess, Targets } from '../core/access.ts';
import type { Artefact } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import type { ProtectedContext } from '../core/attacker.ts';
import { type LaneEvent, metric, note } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import type { Protected } from '../core/protection.ts';
import { argMax } from '../core/statistics.ts';
import { rate } from '../metrics/intervals.ts';
import { judgeDecryption } from './judge-decryption.ts';
import { judgeMarkedPictures } from './judge-marked-pictures.ts';
import { unmeasured } from './judge-membership.ts';
import { brought, type Stage } from './lane.ts';
import { networkOf, trainNetwork } from './own-network.ts';
import { protectionOf } from './protection.ts';
import { Diverged } from './reported.ts';

/** Of examples: texts that are marked have a lane of their own. */
type OfExamples = Exclude<ProtectedAccess, 'marked-texts'>;

export async function* runProtectedLane(stage: Stage): AsyncGenerator<LaneEvent> {
  const { experiment, host, compute, split, random } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id) as Attack<OfExamples>;
  try {
    const started = host.clock();
    const auxiliary = attack.knows.includes('others') ? split.others : split.population;
    const { columns, shape, classes, members: examples, test } = split;
    const { protection, options } = protectionOf<OfExamples>(experiment, stage.lane, host);
    const protectedData = yield* protection.protect(options, {
      ...{ examples, test, auxiliary, shape, classes, columns, random: random.stream('owner') },
      trainNetwork: (training) => trainNetwork(compute, shape, `${experiment.seed}/owner`, training),
      network: (built, weights) => networkOf(compute, built.model, built.shape ?? shape, built.outputs, weights),
    });
    yield* worthOf(stage, protectedData);
    yield { type: 'seconds', part: 'training', seconds: (host.clock() - started) / 1000 };

    const attacked = host.clock();
    const truth = { examples, auxiliary, columns, shape, random: random.stream('guessing') };
    const { reader } = protectedData;
    const judgeMarks = reader && judgeMarkedPictures(reader, protectedData.released as Targets['marked-pictures'], split);
    const judge = (artefact: Artefact) =>
      artefact.kind === 'cleaned pictures' && judgeMarks ? judgeMarks(artefact) : judgeDecryption(artefact, protectedData, truth);
    const context: ProtectedContext = {
      ...{ auxiliary, shape, columns, random: random.stream('attack') },
      trainNetwork: (training) => trainNetwork(compute, shape, `${experiment.seed}/attacker`, training),
    };
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

/** What protected data is still good for: how well a model does that learned from nothing else. */
async function* worthOf(
  { experiment, compute, split }: Stage,
  { learnable: { shape, inputs, targets, test } }: Protected<OfExamples>,
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

/**
 * One lane on protected data: it is protected, a model learns from what came of it (or cannot), and somebody who has nothing else tries to
 * get behind it.
 */
import type { ProtectedAccess, Targets } from '../core/access.ts';
import type { Artefact } from '../core/artefact.ts';
import type { Attack } from '../core/attack.ts';
import type { ProtectedContext } from '../core/attacker.ts';
import { type LaneEvent, metric, note } from '../core/event.ts';
import { find, planOf } from '../core/experiment.ts';
import type { Protected } from '../core/protection.ts';
import { argMax } from '../core/statistics.ts';
import { rate } from '../metrics/intervals.ts';
import type { Handed } from './handed.ts';
import { judgeDecryption } from './judge-decryption.ts';
import { judgeMarkedPictures } from './judge-marked-pictures.ts';
import { unmeasured } from './judge-membership.ts';
import { judgeTrained } from './judge-trained.ts';
import { brought, type Stage } from './lane.ts';
import { networkOf, trainNetwork } from './own-network.ts';
import { protectionOf } from './protection.ts';
import { Diverged } from './reported.ts';

/** Of examples: texts that are marked have a lane of their own. */
type OfExamples = Exclude<ProtectedAccess, 'marked-texts'>;

/** @returns what the attack brought home, where it did */
export async function* runProtectedLane(stage: Stage): AsyncGenerator<LaneEvent, Artefact | undefined> {
  const { experiment, host, compute, split, random, handed } = stage;
  const attack = find(host.catalog.attacks, 'attack', experiment.attack.id) as Attack<OfExamples>;
  try {
    const started = host.clock();
    const { id: _id, ...modelOptions } = experiment.model;
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
    const judge = (artefact: Artefact) => {
      if (artefact.kind === 'cleaned pictures' && judgeMarks) return judgeMarks(artefact);
      if (artefact.kind === 'trained model' && reader) return judgeTrained(artefact, reader, split);
      return judgeDecryption(artefact, protectedData, truth);
    };
    const context: ProtectedContext = {
      ...{ auxiliary, shape, columns, classes, random: random.stream('attack') },
      model: { id: experiment.model.id, options: modelOptions },
      plan: planOf(experiment.training),
      trainNetwork: (training) => trainNetwork(compute, shape, `${experiment.seed}/attacker`, training),
    };
    const run = attack.run(handedOver(protectedData.released, handed), experiment.attack, context);
    const artefact = yield* brought(run, judge);
    yield* judge(artefact);
    yield { type: 'seconds', part: 'attack', seconds: (host.clock() - attacked) / 1000 };
    return artefact;
  } catch (error) {
    if (!(error instanceof Diverged)) throw error;
    yield note('A training diverged: its weights are not numbers. A smaller learning rate helps.');
    yield* unmeasured(attack.metrics, 'a training diverged');
  } finally {
    compute.leave(); // others may be waiting for it
  }
  return undefined;
}

/** Marked pictures as somebody before her has left them. */
function handedOver<T extends Targets[OfExamples]>(released: T, handed: Handed | undefined): T {
  return handed?.marked && 'labels' in released && 'pictures' in released
    ? { ...released, pictures: handed.marked(released.pictures as Float32Array<ArrayBuffer>) }
    : released;
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

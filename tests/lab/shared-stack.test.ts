import { describe, expect, it } from 'vitest';
import type { Compute, StackMember, TrainingJob } from '../../src/core/training.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { sharedStack } from '../../src/lab/shared-stack.ts';
import { useBackend } from '../stack/backend.ts';
import { jobOf, trained, watch } from '../worker/jobs.ts';

/** A device that tells how many networks each of its trainings had. */
function counted(): { compute: Compute; stacks: number[] } {
  const own = computeHere('wasm', () => performance.now());
  const stacks: number[] = [];
  return {
    stacks,
    compute: {
      ...own,
      train(job) {
        stacks.push(job.members.length);
        return own.train(job);
      },
    },
  };
}

/** The same network otherwise named, on other examples, learning faster. */
function another(job: TrainingJob): TrainingJob {
  return {
    ...job,
    inputs: job.inputs.map((value) => -value),
    targets: job.targets.map((table) => table.toReversed()),
    members: job.members.map((member) => ({
      ...member,
      seed: `other ${member.seed}`,
      plan: { ...member.plan, learningRate: 0.1 },
    })),
  };
}

describe('a shared stack', () => {
  useBackend('wasm');

  it('trains what several want at once as one, and gives each what it would have alone', async () => {
    const { compute, stacks } = counted();
    const share = sharedStack(compute);
    const jobs = [jobOf({}, 2, watch), another(jobOf({}, 3, watch)), jobOf({ weightDecay: 0.1 }, 1, watch)];
    const parties = jobs.map(() => share());
    const together = await Promise.all(jobs.map((job, i) => trained(parties[i] as Compute, job)));
    expect(stacks).toEqual([6]);
    for (const [i, job] of jobs.entries()) {
      const alone = await trained(compute, job);
      expect(together[i]?.weights).toEqual(alone.weights);
      expect(together[i]?.reports.at(-1)?.watched).toEqual(alone.reports.at(-1)?.watched);
      const { done, total } = together[i]?.reports.at(-1) ?? {};
      expect([done, total]).toEqual([6 * job.members.length, 6 * job.members.length]);
    }
  });

  it('trains once what several want alike', async () => {
    const { compute, stacks } = counted();
    const share = sharedStack(compute);
    const wanted = jobOf({}, 2, watch);
    const [one, ...rest] = wanted.members as [StackMember, ...StackMember[]];
    const jobs: TrainingJob[] = [
      wanted,
      { ...wanted, inputs: wanted.inputs.slice(), targets: wanted.targets.map((table) => table.slice()) },
      { ...wanted, members: [{ ...one, plan: { ...one.plan, weightDecay: 0.1 } }, ...rest] },
      { ...wanted, targets: wanted.targets.map((table) => table.toReversed()) },
      another(wanted),
    ];
    const parties = jobs.map(() => share());
    const together = await Promise.all(jobs.map((job, i) => trained(parties[i] as Compute, job)));
    expect(stacks).toEqual([2 + 0 + 1 + 2 + 2]);
    for (const [i, job] of jobs.entries()) {
      const alone = await trained(compute, job);
      expect(together[i]?.weights).toEqual(alone.weights);
      expect(together[i]?.reports.at(-1)?.watched).toEqual(alone.reports.at(-1)?.watched);
    }
  });

  it('keeps apart what is made of other operations', async () => {
    const { compute, stacks } = counted();
    const share = sharedStack(compute);
    const privacy = { clip: 1, noiseMultiplier: 1, delta: 1e-5 };
    const jobs = [jobOf({}, 2), jobOf({ privacy }, 1), jobOf({ optimizer: 'sgd' }, 1), jobOf({ privacy, dropout: 0.1 }, 4)];
    const parties = jobs.map(() => share());
    await Promise.all(jobs.map((job, i) => trained(parties[i] as Compute, job)));
    expect(stacks.toSorted()).toEqual([1, 2, 5]);
  });

  it('waits for whoever may still ask, and no longer for those who have left or are training', async () => {
    const { compute, stacks } = counted();
    const share = sharedStack(compute);
    const [first, second, third] = [share(), share(), share()];
    const waiting = trained(first, jobOf({}, 1));
    await new Promise((later) => setTimeout(later, 20));
    expect(stacks).toEqual([]);
    third.leave();
    third.leave(); // twice is once
    expect(stacks).toEqual([]);
    const training = second.train(another(jobOf({}, 2)));
    await training.next(); // now both have asked
    expect(stacks).toEqual([3]);
    await waiting;
    await trained(first, jobOf({}, 4)); // the second is still at its training
    expect(stacks).toEqual([3, 4]);
    await training.return([]);
    second.leave();
    await trained(first, jobOf({}, 1));
    expect(stacks).toEqual([3, 4, 1]);
  });

  it('goes on for the others when one has had enough, and stops when all have', async () => {
    let ended = 0;
    const { compute } = counted();
    const told: Compute = {
      ...compute,
      async *train(job) {
        try {
          return yield* compute.train(job);
        } finally {
          ended++;
        }
      },
    };
    const share = sharedStack(told);
    const [first, second] = [share(), share()];
    const leaving = first.train(jobOf());
    const staying = trained(second, jobOf({ epochs: 3 }));
    void leaving.next();
    await leaving.return([]);
    first.leave();
    expect((await staying).weights).toHaveLength(5);
    const [third, fourth] = [second.train(jobOf({}, 1)), second.train(jobOf({}, 1))];
    await third.next();
    await third.return([]);
    await fourth.return([]);
    expect(ended).toBeGreaterThanOrEqual(2);
  });

  it('tells everybody when it breaks', async () => {
    const { compute } = counted();
    const broken: Compute = {
      ...compute,
      // biome-ignore lint/correctness/useYield: it breaks before it has anything to report
      async *train() {
        throw new Error('the device is gone');
      },
    };
    const share = sharedStack(broken);
    const parties = [share(), share()];
    for (const outcome of await Promise.allSettled(parties.map((party) => trained(party, jobOf())))) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'the device is gone' } });
    }
  });

  it('tells everybody when a training cannot even begin', async () => {
    const { compute } = counted();
    const broken: Compute = {
      ...compute,
      train() {
        throw new Error('no memory for it');
      },
    };
    const share = sharedStack(broken);
    const parties = [share(), share()];
    for (const outcome of await Promise.allSettled(parties.map((party) => trained(party, jobOf())))) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'no memory for it' } });
    }
  });
});

import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { LostTrainer, type Pool, startPool } from '../../src/worker/pool.ts';
import { backends, useBackend } from '../stack/backend.ts';
import { jobOf, trained, watch } from './jobs.ts';
import { type Line, startLine } from './line.ts';

const open: Pool[] = [];
afterEach(() => {
  for (const pool of open.splice(0)) pool.close();
});

async function poolOf(lines: readonly Line[]): Promise<Pool> {
  const pool = await startPool(
    'wasm',
    false,
    lines.map(({ port }) => port),
  );
  if (typeof pool === 'string') throw new Error(pool);
  open.push(pool);
  return pool;
}
const lines = (count: number) => Array.from({ length: count }, () => startLine());

const plans = {
  plain: {},
  'dropout, smoothing and weight decay': { dropout: 0.3, labelSmoothing: 0.1, weightDecay: 0.01 },
  // Drawn by chance, batches are of other widths in other stacks, and so are the masks.
  'private, with noise and dropout': { dropout: 0.3, privacy: { clip: 0.5, noiseMultiplier: 1, delta: 1e-5 } },
};

describe.each(backends)('a pool of trainers on %s', (backend) => {
  useBackend(backend);

  it.each(Object.entries(plans))('trains to the same bits with 1, 2, 3 or 8 trainers as with none: %s', async (_, plan) => {
    const { weights } = await trained(
      computeHere(backend, () => 0),
      jobOf(plan),
    );
    expect(weights).toHaveLength(5);
    expect(new Set(weights.map((network) => network.join())).size).toBe(5); // no two alike, so order shows
    for (const count of [1, 2, 3, 8]) {
      expect((await trained(await poolOf(lines(count)), jobOf(plan))).weights).toEqual(weights);
    }
  });

  it('trains to the same bits when two lanes train at once', async () => {
    const here = computeHere(backend, () => 0);
    const [first, second] = [jobOf(), jobOf({ dropout: 0.5 }, 3)];
    const pool = await poolOf(lines(2));
    const both = await Promise.all([trained(pool, first), trained(pool, second)]);
    expect(both[0].weights).toEqual((await trained(here, first)).weights);
    expect(both[1].weights).toEqual((await trained(here, second)).weights);
  });

  it('answers with the same logits', async () => {
    const here = computeHere(backend, () => 0);
    const job = { ...jobOf(), weights: (await trained(here, jobOf())).weights };
    expect(await (await poolOf(lines(3))).logits(job)).toEqual(await here.logits(job));
  });

  it('leaves no tensor behind, at its end or when it is ended early', async () => {
    const before = tf.memory().numTensors;
    const used = lines(2);
    const pool = await poolOf(used);
    await trained(pool, jobOf());
    expect(tf.memory().numTensors).toBe(before);
    const training = pool.train(jobOf());
    expect((await training.next()).done).toBe(false);
    expect(tf.memory().numTensors).toBeGreaterThan(before);
    await training.return([]);
    expect(tf.memory().numTensors).toBe(before);
    for (const { asked } of used) {
      expect(asked.filter((type) => type === 'close')).toHaveLength(2); // one a training
      expect(asked.at(-1)).toBe('close');
    }
  });
});

describe('a pool of trainers', () => {
  useBackend('wasm');

  it('shares a stack out evenly, and counts the steps of all its networks', async () => {
    const used = lines(2);
    const { reports } = await trained(await poolOf(used), jobOf());
    for (const { asked } of used) expect(asked.filter((type) => type === 'open')).toHaveLength(1);
    const done = reports.map((report) => report.done);
    expect(done.every((count, i) => i === 0 || count > (done[i - 1] as number))).toBe(true);
    expect(reports.every(({ total }) => total === 30)).toBe(true); // five networks, six steps
    expect(done.at(-1)).toBe(30);
  });

  it('gives whole jobs to whoever has least to do', async () => {
    const used = lines(3);
    const pool = await poolOf(used);
    await Promise.all([0, 1, 2].map(() => trained(pool, jobOf({}, 1))));
    for (const { asked } of used) expect(asked.filter((type) => type === 'open')).toHaveLength(1);
  });

  it('reports what each network watches in its place, whoever trains it', async () => {
    const last = async (count: number) => {
      const { reports } = await trained(await poolOf(lines(count)), jobOf({}, 5, watch));
      return [0, 1, 2, 3, 4].map((k) => reports.findLast(({ watched }) => watched?.[k]?.length)?.watched?.[k]);
    };
    const alone = await last(1);
    expect(alone[0]).toMatchObject([{ name: 'all', accuracy: expect.any(Number), loss: expect.any(Number) }]);
    expect(alone[0]).not.toEqual(alone[1]);
    expect(await last(2)).toEqual(alone);
  });

  it('lends one of its trainers, which trains to the same bits', async () => {
    const used = lines(2) as [Line, Line];
    const pool = await poolOf(used);
    expect((await trained(pool.alone, jobOf())).weights).toEqual((await trained(pool, jobOf())).weights);
    expect(used[0].asked.filter((type) => type === 'open')).toHaveLength(2);
    expect(used[1].asked.filter((type) => type === 'open')).toHaveLength(1);
  });

  it('trains with TF.js’s own layers on one of them, and says how long a step took', async () => {
    const used = lines(2) as [Line, Line];
    const pool = await poolOf(used);
    expect(await pool.baseline(jobOf())).toBeGreaterThan(0);
    expect(used.map(({ asked }) => asked.at(-1))).toEqual(['baseline', 'start']);
  });

  it('tells a person’s mistake from its own when it comes from a trainer', async () => {
    const pool = await poolOf(lines(2));
    const unknown = trained(pool, { ...jobOf(), model: { id: 'resnet', options: {} } });
    await expect(unknown).rejects.toThrow(InputError);
    await expect(unknown).rejects.toThrow('unknown model "resnet"; known: softmax, mlp, cnn');
    const short = pool.logits({ ...jobOf(), weights: [new Float32Array(80)], inputs: new Float32Array(7) }); // an example has six numbers
    await expect(short).rejects.toThrow(Error);
    await expect(short).rejects.not.toThrow(InputError);
    await expect(short).rejects.not.toThrow(LostTrainer); // it would repeat the run for nothing
    expect((await trained(pool, jobOf())).weights).toHaveLength(5); // and works on
  });
});

describe('a trainer that dies in the middle', () => {
  useBackend('wasm');

  it('ends the training with its reason, and the others’ parts of it are closed', async () => {
    const used = lines(3) as [Line, Line, Line];
    const training = (await poolOf(used)).train(jobOf());
    await training.next();
    used[1].die('out of memory');
    const rest = (async () => {
      while (!(await training.next()).done);
    })();
    await expect(rest).rejects.toThrow(LostTrainer);
    await expect(rest).rejects.toThrow('out of memory');
    for (const { asked } of [used[0], used[2]]) expect(asked.at(-1)).toBe('close');
  });

  it('is known by a word of its own when its device is lost, even while nobody asks', async () => {
    let lose: (why: string) => void = () => undefined;
    const line = startLine(async (_rung, _softwareGpu, onLost) => {
      lose = onLost;
      return undefined;
    });
    const pool = await poolOf([line]);
    lose('the graphics device was lost');
    await new Promise((later) => setTimeout(later, 20)); // until the message has crossed
    await expect(trained(pool, jobOf())).rejects.toThrow(new LostTrainer('the graphics device was lost'));
    await expect(pool.logits({ ...jobOf(), weights: [new Float32Array(80)] })).rejects.toThrow(LostTrainer);
  });
});

describe('starting a pool', () => {
  it('says why a rung is not to be had, and lets go of all trainers', async () => {
    const used = [startLine(), startLine(async () => 'no graphics adapter was found')];
    expect(
      await startPool(
        'webgpu',
        false,
        used.map(({ port }) => port),
      ),
    ).toBe('no graphics adapter was found');
    expect(used.map(({ closed }) => closed())).toEqual([true, true]);
  });

  it('hands on which rung, and whether software will do', async () => {
    const asked: unknown[] = [];
    const line = startLine(async (rung, softwareGpu) => {
      asked.push(rung, softwareGpu);
      return undefined;
    });
    const pool = (await startPool('webgl', true, [line.port])) as Pool;
    open.push(pool);
    expect(asked).toEqual(['webgl', true]);
    expect(pool).toMatchObject({ backend: 'webgl', workers: 1 });
  });

  it('says what the error was when a backend breaks while starting', async () => {
    const line = startLine(() => Promise.reject(new Error('no such shader')));
    expect(await startPool('webgl', false, [line.port])).toBe('no such shader');
    expect(line.closed()).toBe(true);
  });
});

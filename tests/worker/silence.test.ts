import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LostTrainer, type Pool, startPool, type TrainerPort } from '../../src/worker/pool.ts';
import type { TrainerAnswer, TrainerCall, TrainerReply } from '../../src/worker/protocol.ts';

/** A trainer that says nothing unless told what to say. */
function puppet() {
  const calls: TrainerCall[] = [];
  let hear: (reply: TrainerReply) => void = () => undefined;
  const port: TrainerPort = {
    post: (call) => calls.push(call),
    listen(onMessage) {
      hear = onMessage;
    },
    close: () => undefined,
  };
  return { port, calls, answer: (call: number, answer: TrainerAnswer) => hear({ call, answer }) };
}

const question = {
  model: { id: 'mlp', options: {} },
  shape: [1],
  classes: 2,
  weights: [new Float32Array(4)],
  inputs: new Float32Array(0),
};
const seconds = (count: number) => vi.advanceTimersByTimeAsync(1000 * count);
/** What has become of a promise so far. */
const watched = (promise: Promise<unknown>) => {
  const seen: { error?: Error; done?: true } = {};
  promise.then(
    () => (seen.done = true),
    (error: Error) => (seen.error = error),
  );
  return seen;
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function started() {
  const trainer = puppet();
  const starting = startPool('wasm', false, [trainer.port]);
  trainer.answer(1, { type: 'started', backend: 'wasm' });
  return { ...trainer, pool: (await starting) as Pool };
}

describe('a silent trainer', () => {
  it('is given up after 15 seconds while it starts', async () => {
    const starting = startPool('wasm', false, [puppet().port]);
    const seen = watched(starting);
    await seconds(14.9);
    expect(seen).toEqual({});
    await seconds(0.2);
    expect(await starting).toBe('it was silent for 15 s');
  });

  it('is lost after 15 seconds while it owes an answer, with everything that was asked of it', async () => {
    const { pool } = await started();
    const [first, second] = [watched(pool.logits(question)), watched(pool.logits(question))];
    await seconds(14.9);
    expect([first, second]).toEqual([{}, {}]);
    await seconds(0.2);
    for (const { error } of [first, second]) expect(error).toEqual(new LostTrainer('it was silent for 15 s'));
    await expect(pool.logits(question)).rejects.toThrow(LostTrainer); // and stays so
  });

  it('is not one whose answer nobody here had time to hear', async () => {
    const { pool, answer, calls } = await started();
    const asked = watched(pool.logits(question));
    const busy = vi.spyOn(performance, 'now').mockReturnValue(60_000);
    await seconds(15.1);
    busy.mockRestore();
    expect(asked).toEqual({});
    answer(calls.at(-1)?.call as number, { type: 'tables', tables: [] });
    await seconds(0.1);
    expect(asked).toEqual({ done: true });
  });

  it('is not one that has answered something else meanwhile', async () => {
    const { pool, answer, calls } = await started();
    const [first, second] = [watched(pool.logits(question)), watched(pool.logits(question))];
    await seconds(14);
    answer(calls.at(-2)?.call as number, { type: 'tables', tables: [] });
    await seconds(14);
    expect([first, second]).toEqual([{ done: true }, {}]);
    await seconds(1.1);
    expect(second.error).toBeInstanceOf(LostTrainer);
  });

  it('has five minutes for a baseline, and so has whoever waits behind it', async () => {
    const { pool, answer, calls } = await started();
    const baseline = watched(pool.baseline({ ...question, targets: [], members: [] }));
    const behind = watched(pool.logits(question));
    await seconds(299);
    expect([baseline, behind]).toEqual([{}, {}]);
    answer(calls.at(-2)?.call as number, { type: 'baseline', milliseconds: 3 });
    await seconds(14);
    expect([baseline, behind]).toEqual([{ done: true }, {}]);
    await seconds(1.1);
    expect(behind.error).toBeInstanceOf(LostTrainer);
  });

  it('is not one that owes nothing', async () => {
    const { pool, answer, calls } = await started();
    await seconds(100);
    const asked = watched(pool.logits(question));
    answer(calls.at(-1)?.call as number, { type: 'tables', tables: [] });
    await seconds(0);
    expect(asked).toEqual({ done: true });
  });

  it('may be closed, and what it owed is lost', async () => {
    const { pool } = await started();
    const asked = watched(pool.logits(question));
    pool.close();
    await seconds(0);
    expect(asked.error).toEqual(new LostTrainer('it was closed'));
  });
});

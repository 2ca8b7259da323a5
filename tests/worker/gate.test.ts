import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/worker/gate.ts';

const turn = () => new Promise((later) => setTimeout(later));

/** Counts how often it gets through. */
function walker(gate: Gate) {
  const walked = { times: 0 };
  void (async () => {
    while (!gate.closed && walked.times < 100) {
      await gate.passed();
      walked.times++;
      await turn();
    }
  })();
  return walked;
}

describe('the gate of a run', () => {
  it('is open until it is shut', async () => {
    const gate = new Gate();
    await gate.passed();
    await gate.passed();
    expect(gate.closed).toBe(false);
  });

  it('holds whoever comes while it is paused, until it is resumed', async () => {
    const gate = new Gate();
    gate.pause();
    let through = false;
    const waiting = gate.passed().then(() => (through = true));
    await turn();
    expect(through).toBe(false);
    gate.resume();
    await waiting;
    await gate.passed(); // and stays open
  });

  it('lets one event pass a step, whether it is waited for or not', async () => {
    const gate = new Gate();
    gate.pause();
    const walked = walker(gate);
    await turn();
    expect(walked.times).toBe(0);
    for (const times of [1, 2, 3]) {
      gate.step();
      for (let i = 0; i < 5; i++) await turn();
      expect(walked.times).toBe(times);
    }
    gate.close();
  });

  it('pauses what was running, after one more event, at a step', async () => {
    const gate = new Gate();
    gate.step();
    const walked = walker(gate);
    for (let i = 0; i < 5; i++) await turn();
    expect(walked.times).toBe(1);
    gate.close();
  });

  it('lets everybody go when it is closed', async () => {
    const gate = new Gate();
    gate.pause();
    const waiting = gate.passed();
    gate.close();
    await waiting;
    await gate.passed();
    expect(gate.closed).toBe(true);
  });
});

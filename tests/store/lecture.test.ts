/** A scenario as a lecture: what is covered when, in every scenario that ships, and where the lecture is. */
import { describe, expect, it } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { resolveChain } from '../../src/core/chain.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { scenarios } from '../../src/scenarios/index.ts';
import { experimentAt, guessedAt, type LectureStep, stepsOf, viewAt } from '../../src/store/lecture.ts';
import { createLectureStore } from '../../src/store/lecture-store.ts';

const steps: readonly LectureStep[] = [
  { say: 'about' },
  { focus: 'data', say: 'data' },
  { focus: 'attack', say: 'attack', ask: 'how much?' },
  { focus: 'evidence', say: 'evidence' },
  { focus: 'defense', say: 'defense', ask: 'at what price?', set: { 'lanes.1.defenses.0.clip': 2 } },
  { focus: 'verdict', say: 'verdict' },
];

describe('a lecture', () => {
  it('covers each number until it was guessed, and shows the defense from its step on', () => {
    const covered = (at: number) => viewAt(steps, at).covered;
    expect([0, 1, 2, 3].map((at) => covered(at).undefended)).toEqual([true, true, true, false]);
    expect([3, 4, 5].map((at) => covered(at).defended)).toEqual([true, true, false]);
    expect([0, 3, 4, 5].map((at) => viewAt(steps, at).defended)).toEqual([false, false, true, true]);
    expect(steps.map((_, at) => guessedAt(steps, at))).toEqual([
      undefined,
      undefined,
      'undefended',
      undefined,
      'defended',
      undefined,
    ]);
  });

  it('covers nothing for a question that comes when all was seen', () => {
    const late: LectureStep[] = [
      { focus: 'verdict', say: '' },
      { focus: 'attack', say: '', ask: '?' },
    ];
    expect(viewAt(late, 0).covered).toEqual({ undefended: false, defended: false });
    expect(guessedAt(late, 1)).toBeUndefined();
  });

  it('covers what will come of a step that changes the experiment and asks', () => {
    const set = { 'attack.rate': 0.01 };
    const shown: LectureStep[] = [{ focus: 'verdict', say: '' }];
    const covered = (step: LectureStep) => viewAt([...shown, step, { focus: 'verdict', say: '' }], 1).covered;
    expect(covered({ focus: 'lanes', say: '', ask: '?', set })).toEqual({ undefended: true, defended: true });
    expect(covered({ focus: 'defense', say: '', ask: '?', set })).toEqual({ undefended: false, defended: true });
    expect(covered({ focus: 'lanes', say: '', set })).toEqual({ undefended: false, defended: false });
  });

  it('changes the experiment from a step on, and takes it back on the way back', () => {
    const given = { seed: 1, lanes: [{}, { defenses: [{ id: 'dp-sgd', clip: 1 }] }] };
    expect(experimentAt(given, steps, 3)).toEqual(given);
    expect(experimentAt(given, steps, 5)).toEqual({ seed: 1, lanes: [{}, { defenses: [{ id: 'dp-sgd', clip: 2 }] }] });
    expect(given.lanes[1]?.defenses?.[0]?.clip).toBe(1);
  });

  it.each(scenarios.map((scenario) => [scenario.id, scenario] as const))(
    '%s shows all in the end, and every step can be run',
    (_id, scenario) => {
      const own = stepsOf(scenario);
      expect(viewAt(own, own.length - 1)).toEqual({ defended: true, covered: { undefended: false, defended: false } });
      for (const { set, band } of own) expect(band !== undefined, 'a band for each step that changes it').toBe(set !== undefined);
      for (const at of own.keys()) resolveExperiment(experimentAt(scenario.experiment, own, at), catalog);
    },
  );
});

describe('a lecture about a chain', () => {
  it.each(chains.map((chain) => [chain.id, chain] as const))('%s shows arrow by arrow, and all in the end', (_id, chain) => {
    const { defenses, links } = resolveChain(chain.chain, catalog);
    const arrows = chain.story.map((step) => step.arrows);
    expect(arrows).toEqual(arrows.toSorted());
    expect(arrows.at(-1)).toBe(links.length);
    for (const [at, { ask, defense }] of chain.story.entries()) {
      if (ask !== undefined) expect(chain.story[at + 1]?.arrows).toBe((arrows[at] as number) + 1); // the answer
      if (defense !== undefined) expect(defenses[defense]).toBeDefined();
    }
    expect(chain.story.some(({ ask }) => ask !== undefined)).toBe(true);
    expect(chain.notes).not.toBe('');
  });
});

describe('the store of a lecture', () => {
  it('goes from step to step, not beyond the ends, and forgets what was switched at a step', () => {
    const store = createLectureStore(() => 42);
    store.getState().about(3);
    store.getState().enter('story');
    expect(store.getState()).toMatchObject({ mode: 'story', step: 0, startedAt: 42 });
    store.getState().back();
    expect(store.getState().step).toBe(0);
    store.getState().switchDefense(true);
    expect(store.getState().defended).toBe(false);
    store.getState().next();
    expect(store.getState()).toMatchObject({ step: 1, defended: null });
    store.getState().next();
    store.getState().next();
    expect(store.getState().step).toBe(2);
    store.getState().enter('present'); // in another dress, at the same step
    expect(store.getState()).toMatchObject({ mode: 'present', step: 2, startedAt: 42 });
    store.getState().guess('undefended', 0.7);
    store.getState().about(5);
    expect(store.getState()).toMatchObject({ mode: 'present', step: 0, guesses: {} });
    store.getState().leave();
    expect(store.getState()).toMatchObject({ mode: 'off', startedAt: null });
  });
});

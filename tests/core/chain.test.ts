/** Chains as plain values: what fits where, and what is refused in one sentence. */
import { describe, expect, it } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { defendedAt, fitting, resolveChain } from '../../src/core/chain.ts';
import { InputError } from '../../src/core/input-error.ts';
import { catalog } from '../../src/lab/catalog.ts';

const steal = { attack: { id: 'knockoff' } };
const invert = { attack: { id: 'mi-face' } };
const poison = { attack: { id: 'badnets' } };
const infer = { attack: { id: 'lira' } };

const refusal = (given: unknown): string => {
  try {
    resolveChain(given, catalog);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'not refused';
};

describe('a chain', () => {
  it.each(chains.map((lesson) => [lesson.id, lesson] as const))(
    'that ships is one, goes along its arrows and knows its measures: %s',
    (_id, lesson) => {
      const { links, defenses } = resolveChain(lesson.chain, catalog);
      const attacks = links.map(({ experiment }) => catalog.attacks.find(({ id }) => id === experiment.attack.id));
      // Whoever trains on marked pictures wants to be rid of the mark, as that family does, and goes from data to a model.
      const along = attacks.map((attack) => (attack?.brings === 'trained model' ? 'data-to-model' : attack?.axis));
      expect(along).toEqual(lesson.axes);
      expect(defenses.length).toBeGreaterThan(0);
      expect(lesson.found).toMatch(/\[.+, .+\]/); // with an interval
    },
  );

  it('has the same data at every link, and the usual values of whatever is not said', () => {
    const { links, seed } = resolveChain({ data: { id: 'digits8' }, links: [steal, invert], seed: 7 }, catalog);
    expect(links.map(({ experiment }) => experiment.data.id)).toEqual(['digits8', 'digits8']);
    expect(links.map(({ takes }) => takes)).toEqual([undefined, 'stolen model']);
    expect(links.map(({ measure }) => measure)).toEqual(['fidelity', 'margin']);
    expect([seed, ...links.map(({ experiment }) => experiment.seed)]).toEqual([7, 7, 7]);
  });

  it('carries a defense to the next link where that meets the same model, and not where a copy is attacked', () => {
    const defense = { at: 0, id: 'dp-sgd' };
    const same = resolveChain({ links: [poison, infer], defenses: [defense] }, catalog);
    const copy = resolveChain({ links: [steal, invert], defenses: [defense] }, catalog);
    const standing = (chain: typeof same) =>
      chain.links.map(
        (_, at) => defendedAt(chain, at, chain.defenses[0] as (typeof chain.defenses)[number]).lanes[0]?.defenses.length,
      );
    expect(standing(same)).toEqual([1, 1]);
    expect(standing(copy)).toEqual([1, 0]);
  });

  it.each([
    [{ links: [steal] }, 'links is [{"attack":{"id":"knockoff"}}]; allowed: a list of 2 to 4 links'],
    [{ links: [steal, poison] }, 'links[1].attack is "badnets", which has no use for what "knockoff" brings home (stolen model)'],
    [{ links: [steal, { ...invert, takes: 'training set' }] }, 'links[1].takes is "training set"; allowed: stolen model'],
    [{ links: [{ ...steal, takes: 'stolen model' }, invert] }, 'links[0].takes is "stolen model"; the first link has nothing'],
    [{ links: [steal, { ...invert, measure: 'luck' }] }, 'links[1].measure is "luck"; allowed: trainAccuracy'],
    [
      { links: [steal, invert], defenses: [{ at: 2, id: 'dp-sgd' }] },
      'defenses[0].at is 2; allowed: the number of a link, from 0 to 1',
    ],
    [
      { links: [steal, invert], defenses: [{ at: 0, id: 'key-per-image' }] },
      'defenses[0]: lanes[0]: key-per-image cannot be used here',
    ],
    [{ links: [steal, invert], lanes: [] }, 'unknown key lanes; known: data, model, training, seed'],
    [{ links: [{ attack: { id: 'nobody' } }, invert] }, 'links[0]: unknown attack "nobody"'],
    [{ links: [{ ...steal, seed: 3 }, invert] }, 'unknown key links[0].seed'],
  ])('is refused in one sentence where it is none: %j', (given, sentence) => {
    expect(refusal(given)).toContain(sentence);
  });
});

it('nothing fits where it would do nothing', () => {
  for (const next of catalog.attacks) {
    expect(fitting('membership', next)).toEqual([]);
    if (next.access === 'training-data') expect(fitting('stolen model', next)).toEqual([]);
  }
});

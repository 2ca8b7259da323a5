/** The contract suite of what is made on text, and what every declaration says of itself. */
import { describe, expect, it, vi } from 'vitest';
import { dataOf } from '../../src/core/access.ts';
import { metricNames } from '../../src/core/event.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { breachesOf } from './contract.ts';
import { isAllowed, little, placeFor, small } from './small.ts';

vi.mock('react', () => {
  throw new Error('React was imported below the page');
});

const attacksOnText = catalog.attacks.filter(({ access }) => dataOf[access] !== 'examples');
describe.each(attacksOnText.map((attack) => [attack.id, attack] as const))('attack %s', (_id, attack) => {
  it('keeps the contract', async () => expect(await breachesOf(small(attack))).toEqual([]));
});

/** On text a run is mostly the asking, so that three defenses stand side by side in one. */
const attackOf = (defense: (typeof catalog.defenses)[number]) =>
  placeFor(
    attacksOnText.filter(({ family }) => family === defense.against[0]),
    [defense],
  )?.attack;
const attacked = new Set(catalog.defenses.flatMap((defense) => attackOf(defense) ?? []));

describe.each([...attacked].map((attack) => [attack.family, attack] as const))('defenses against %s', (_family, attack) => {
  const own = catalog.defenses.filter((defense) => attackOf(defense) === attack);
  it.each(
    own
      .flatMap((_, i) => (i % 3 === 0 ? [own.slice(i, i + 3)] : []))
      .map((three) => [three.map(({ id }) => id).join(', '), three] as const),
  )('keep the contract: %s', async (_ids, three) => {
    const lanes = three.map(({ id, params }) => ({
      name: id,
      defenses: [{ id, ...Object.fromEntries(Object.entries(little).filter(([key, value]) => isAllowed(params[key], value))) }],
    }));
    expect(await breachesOf({ ...small(attack), lanes })).toEqual([]);
  });
});

describe.each(catalog.attacks.map((attack) => [attack.id, attack] as const))('attack %s', (_id, attack) => {
  it('says where it comes from, what it needs and what it measures', () => {
    expect(attack.paper).toMatchObject({ title: expect.any(String), authors: expect.any(String), year: expect.any(Number) });
    expect(attack.says.length).toBeGreaterThan(40);
    expect(metricNames).toEqual(expect.arrayContaining([...attack.metrics]));
    expect(JSON.parse(JSON.stringify(attack)).params).toEqual(attack.params); // the declaration is plain values
  });
});

describe.each(catalog.defenses.map((defense) => [defense.id, defense] as const))('defense %s', (_id, defense) => {
  it('says where it comes from and what it costs', () => {
    expect(defense.paper).toMatchObject({ title: expect.any(String), authors: expect.any(String), year: expect.any(Number) });
    expect(defense.says.length).toBeGreaterThan(40);
    expect(Object.entries(defense).some(([key, deed]) => /^on[A-Z]|^partitions$/.test(key) && typeof deed === 'function')).toBe(
      true,
    );
  });
});

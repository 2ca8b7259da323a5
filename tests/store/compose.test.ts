/** Composing a chain: only what fits can be chosen, and whatever is chosen is a chain. */
import { describe, expect, it } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { resolveChain } from '../../src/core/chain.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { choicesAt, type GivenChain, shorter, withAttack } from '../../src/store/compose.ts';

const given = (id: string) => chains.find((lesson) => lesson.id === id)?.chain as GivenChain;
const idsOf = ({ links }: GivenChain) => links.map(({ attack }) => attack.id);

describe('a chain that is composed', () => {
  it('offers at each place what takes up what stands before it, on its data', () => {
    const steal = given('steal-then-invert');
    expect(choicesAt(steal, 0, catalog)).toContain('badnets');
    expect(choicesAt(steal, 0, catalog)).not.toContain('lira'); // nobody takes up whom it found
    expect(choicesAt(steal, 1, catalog)).toContain('mi-face');
    expect(choicesAt(steal, 1, catalog)).not.toContain('lira'); // its data has no non-members
    expect(choicesAt(steal, 1, catalog)).not.toContain('badnets');
    expect(choicesAt(steal, 4, catalog)).toEqual([]);
  });

  it('stays a chain, whatever is put where', () => {
    for (const { chain } of chains) {
      const start = chain as GivenChain;
      for (let place = 0; place <= start.links.length; place++) {
        for (const id of choicesAt(start, place, catalog)) {
          const other = withAttack(start, place, id, catalog);
          expect(other.links[place]?.attack.id).toBe(id);
          expect(resolveChain(other, catalog).links.length).toBeGreaterThanOrEqual(2);
        }
      }
    }
  });

  it('loses behind a new attack what does not fit any more, and defenses that cannot stand', () => {
    const backdoor = given('backdoor-through-theft');
    const stolen = withAttack(backdoor, 0, 'knockoff', catalog);
    expect(idsOf(stolen)).toEqual(['knockoff', 'knockoff']); // a copy of the copy
    const longer = withAttack(backdoor, 2, 'mi-face', catalog);
    expect(idsOf(longer)).toEqual(['badnets', 'knockoff', 'mi-face']);
    expect(idsOf(shorter(longer, catalog))).toEqual(['badnets', 'knockoff']);
    expect(shorter(backdoor, catalog)).toBe(backdoor);
  });
});

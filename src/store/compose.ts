/** Composing a chain: which attacks can stand at a place, and what becomes of the chain when one is put there. */
import { fitting, resolveChain } from '../core/chain.ts';
import { type Catalog, find, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';

/** A chain as a person would type it. */
export interface GivenChain {
  readonly data?: object;
  readonly model?: object;
  readonly training?: object;
  readonly links: readonly GivenLink[];
  readonly defenses?: readonly { readonly at: number }[];
  readonly seed?: number;
}

interface GivenLink {
  readonly attack: { readonly id: string };
  readonly protection?: object;
  readonly takes?: string;
  readonly measure?: string;
}

const mostLinks = 4;

const passes = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
};

/** The attacks that can be made on the chain's data at a place, after what stands before it; at the first, those after which one fits. */
export function choicesAt(given: GivenChain, place: number, catalog: Catalog): readonly string[] {
  if (place >= mostLinks) return [];
  const { links, defenses: _defenses, ...shared } = given;
  const before = links[place - 1];
  const after = (link: GivenLink) =>
    catalog.attacks
      .filter((next) => fitting(find(catalog.attacks, 'attack', link.attack.id).brings, next).length > 0)
      .map(({ id }) => linkOf(id, link))
      .filter((own) => passes(() => resolveExperiment({ ...shared, ...own }, catalog)));
  if (before) return after(before).map(({ attack }) => attack.id);
  return catalog.attacks
    .map(({ id }): GivenLink => ({ attack: { id } }))
    .filter((own) => passes(() => resolveExperiment({ ...shared, ...own }, catalog)) && after(own).length > 0)
    .map(({ attack }) => attack.id);
}

/** Whoever goes on with what is protected goes on with the same protection. */
const linkOf = (id: string, before: GivenLink | undefined): GivenLink => ({
  attack: { id },
  ...(before?.protection && { protection: before.protection }),
});

/** The chain with an attack at a place: what stood behind it and does not fit any more is left out, and so are defenses that cannot stand. */
export function withAttack(given: GivenChain, place: number, id: string, catalog: Catalog): GivenChain {
  const same = given.links[place]?.attack.id === id;
  if (same) return given;
  const kept = given.links.slice(0, place);
  let chain: GivenChain = { ...given, links: [...kept, linkOf(id, kept.at(-1))] };
  for (const link of given.links.slice(place + 1)) {
    if (!choicesAt(chain, chain.links.length, catalog).includes(link.attack.id)) break;
    chain = { ...chain, links: [...chain.links, linkOf(link.attack.id, chain.links.at(-1))] };
  }
  const [next] = chain.links.length < 2 ? choicesAt(chain, chain.links.length, catalog) : [];
  return withStanding(next ? { ...chain, links: [...chain.links, linkOf(next, chain.links.at(-1))] } : chain, catalog);
}

/** The chain without its last link; two are the fewest. */
export const shorter = (given: GivenChain, catalog: Catalog): GivenChain =>
  given.links.length > 2 ? withStanding({ ...given, links: given.links.slice(0, -1) }, catalog) : given;

function withStanding(given: GivenChain, catalog: Catalog): GivenChain {
  const standing = (given.defenses ?? []).filter((one) => passes(() => resolveChain({ ...given, defenses: [one] }, catalog)));
  return { ...given, defenses: standing };
}

/** Composing a chain: which attacks can stand at a place, along which arrows it goes on, and what becomes of it when one is put there. */

import { isProtected } from '../core/access.ts';
import { type Axis, axes } from '../core/attack.ts';
import { fitting, resolveChain } from '../core/chain.ts';
import { type Catalog, find, resolveExperiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { ParamValue } from '../core/params.ts';

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
  readonly attack: { readonly id: string; readonly [option: string]: ParamValue };
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
  const standsAlone = (own: GivenLink) => passes(() => resolveExperiment({ ...shared, ...own }, catalog));
  const after = (link: GivenLink) =>
    catalog.attacks
      .filter((next) => fitting(find(catalog.attacks, 'attack', link.attack.id).brings, next).length > 0)
      .map(({ id }) => linkOf(id, link))
      .filter(standsAlone);
  if (before) return after(before).map(({ attack }) => attack.id);
  return catalog.attacks
    .map(({ id }) => firstLink(given, id, catalog))
    .filter((own) => standsAlone(own) && after(own).length > 0)
    .map(({ attack }) => attack.id);
}

/** Behind the protection that the chain began with, where the attack is one on what is protected. */
const firstLink = ({ links }: GivenChain, id: string, { attacks }: Catalog): GivenLink =>
  linkOf(id, isProtected(find(attacks, 'attack', id).access) ? links[0] : undefined);

/**
 * Along which arrows a chain goes on; of one that is drawn anew, from the arrows that are drawn so far.
 * @param drawn the arrows of a chain that is drawn anew; null where the chain itself goes on
 */
export function axesAhead(given: GivenChain, drawn: readonly Axis[] | null, catalog: Catalog): readonly Axis[] {
  if (drawn?.length) return axes.filter((next) => pairAlong(given, drawn[0] as Axis, next, catalog));
  const ids = choicesAt(given, drawn ? 0 : given.links.length, catalog);
  return axes.filter((axis) => ids.some((id) => find(catalog.attacks, 'attack', id).axis === axis));
}

/** The chain with another arrow at its end, by the first attack along it that fits. */
export function withArrow(given: GivenChain, axis: Axis, catalog: Catalog): GivenChain {
  const id = choicesAt(given, given.links.length, catalog).find((one) => find(catalog.attacks, 'attack', one).axis === axis);
  return id === undefined ? given : withAttack(given, given.links.length, id, catalog);
}

/** A chain of two links along two arrows, by the first two attacks that fit; undefined where none do. */
export function pairAlong(given: GivenChain, first: Axis, next: Axis, catalog: Catalog): GivenChain | undefined {
  const along = (axis: Axis) => (id: string) => find(catalog.attacks, 'attack', id).axis === axis;
  for (const id of choicesAt(given, 0, catalog).filter(along(first))) {
    const begun = { ...given, links: [firstLink(given, id, catalog)] };
    const second = choicesAt(begun, 1, catalog).find(along(next));
    if (second) return withStanding({ ...begun, links: [...begun.links, linkOf(second, begun.links[0])] }, catalog);
  }
  return undefined;
}

/** The chain with one option of one attack set. */
export const withOption = (given: GivenChain, place: number, option: string, value: ParamValue): GivenChain => ({
  ...given,
  links: given.links.map((link, at) => (at === place ? { ...link, attack: { ...link.attack, [option]: value } } : link)),
});

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
  const link = place === 0 ? firstLink(given, id, catalog) : linkOf(id, kept.at(-1));
  let chain: GivenChain = { ...given, links: [...kept, link] };
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

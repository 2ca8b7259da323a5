/** How a lane's data is protected: as the experiment says, with what the lane's defenses make of those options. */
import type { ProtectedAccess } from '../core/access.ts';
import { type Experiment, find, type Lane } from '../core/experiment.ts';
import type { Chosen } from '../core/params.ts';
import type { Protection } from '../core/protection.ts';
import type { Host } from './run.ts';

/** @returns the protection and its options, of an experiment whose attack is made on that kind of protected data */
export function protectionOf<A extends ProtectedAccess>(
  experiment: Experiment,
  lane: Lane,
  { catalog }: Host,
): { readonly protection: Protection<A>; readonly options: Chosen } {
  const given = experiment.protection as Chosen;
  const options = lane.defenses.reduce(
    (own, chosen) => find(catalog.defenses, 'defense', chosen.id).onProtection?.(chosen, own) ?? own,
    given,
  );
  return { protection: find(catalog.protections, 'protection', options.id) as Protection as Protection<A>, options };
}

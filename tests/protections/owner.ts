/** An owner of data for whom a test protects it, and what comes of it in the end. */
import type { LaneEvent } from '../../src/core/event.ts';
import type { OwnerContext } from '../../src/core/protection.ts';

const untrained = () => {
  throw new Error('this owner trains no network');
};
/** An owner without a device to train on. */
export const ownerOf = (owner: Omit<OwnerContext, 'trainNetwork' | 'network'>): OwnerContext => ({
  ...owner,
  trainNetwork: untrained,
  network: untrained,
});

/** What a piece of work comes to. */
export async function resultOf<T>(work: AsyncGenerator<LaneEvent, T>): Promise<T> {
  let step = await work.next();
  while (!step.done) step = await work.next();
  return step.value;
}

/** When nothing is in a hurry any more: the first run has ended, or has had its time. */
import type { LabStore } from '../../store/lab-store.ts';

const millisecondsForFirstRun = 10_000;

export function afterFirstRun(store: LabStore, work: () => void): void {
  const begin = () => {
    clearTimeout(timer);
    unsubscribe();
    work();
  };
  const timer = setTimeout(begin, millisecondsForFirstRun);
  const unsubscribe = store.subscribe(({ run: { status } }) => {
    if (status === 'finished' || status === 'failed') begin();
  });
}

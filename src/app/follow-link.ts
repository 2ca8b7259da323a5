/** The link and the experiment follow each other: a link is opened and run, and every change of settings is written to it. */
import type { LabStore } from '../store/lab-store.ts';

/** Browsers refuse too many changes of the address in a short time, and a slider makes many. */
const millisecondsBetweenWrites = 250;

export function followLink(store: LabStore): void {
  let writing = false;
  const write = () => {
    writing = false;
    history.replaceState(null, '', store.getState().link());
  };
  store.subscribe((state, before) => {
    if (writing || state.experiment === before.experiment) return;
    writing = true;
    setTimeout(write, millisecondsBetweenWrites);
  });
  const open = () => {
    store.getState().open(location.hash);
    store.getState().start();
  };
  addEventListener('hashchange', open);
  open();
}

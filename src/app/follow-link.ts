/** The link and the experiment follow each other: a link is opened and run, and every change of settings is written to it. */
import type { LabStore } from '../store/lab-store.ts';

/** Browsers refuse too many changes of the address in a short time, and a slider makes many. */
const millisecondsBetweenWrites = 250;

export function followLink(store: LabStore): void {
  let writing: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    writing = undefined;
    history.replaceState(null, '', store.getState().link());
  };
  store.subscribe((state, before) => {
    if (state.experiment !== before.experiment) writing ??= setTimeout(write, millisecondsBetweenWrites);
  });
  const open = (hash: string) => {
    clearTimeout(writing); // an address that was just typed is not to be overwritten before it is read
    writing = undefined;
    store.getState().open(hash);
    store.getState().start();
  };
  addEventListener('hashchange', ({ newURL }) => open(new URL(newURL).hash));
  open(location.hash);
}

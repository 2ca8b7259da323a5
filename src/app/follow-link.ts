/**
 * The link and the experiment follow each other: a link is opened and run, and every change of settings is written to it. The
 * engine does one thing at a time, so going from the lab to the measurements or back ends what the page that is left was at.
 */
import type { BenchStore } from '../store/bench-store.ts';
import type { ChainStore } from '../store/chain-store.ts';
import type { LabStore } from '../store/lab-store.ts';
import { chainIn, chainsLink, pageOf } from '../store/link.ts';
import type { TrialStore } from '../store/trial-store.ts';

/** Browsers refuse too many changes of the address in a short time, and a slider makes many. */
const millisecondsBetweenWrites = 250;

export function followLink(store: LabStore, bench: BenchStore, chain: ChainStore, trial: TrialStore): void {
  let writing: ReturnType<typeof setTimeout> | undefined;
  let told = store.getState().preset;
  /** Another scenario is another address, to which Back comes back; settings are not. */
  const write = () => {
    writing = undefined;
    const { preset, link } = store.getState();
    if (preset === told) history.replaceState(null, '', link());
    else history.pushState(null, '', link());
    told = preset;
  };
  store.subscribe((state, before) => {
    if (state.experiment !== before.experiment) writing ??= setTimeout(write, millisecondsBetweenWrites);
  });
  chain.subscribe((state, before) => {
    if (state.given === before.given) return;
    const own = state.composed ? state.given.links.map(({ attack }) => attack) : undefined;
    if (pageOf(location.hash) === 'chains') history.replaceState(null, '', chainsLink(state.lesson, own));
  });
  const open = (hash: string, before?: string) => {
    clearTimeout(writing); // an address that was just typed is not to be overwritten before it is read
    writing = undefined;
    const { run, link, open, start, begin, stop } = store.getState();
    const page = pageOf(hash);
    if (page !== 'bench') bench.getState().leave();
    if (page !== 'preflight') trial.getState().leave();
    if (page !== 'chains') chain.getState().leave();
    else {
      const { lesson, attacks, options } = chainIn(hash);
      chain.getState().open(lesson, attacks, options);
    }
    const underWay = run.status === 'running' || run.status === 'paused';
    if (page !== 'lab') {
      if (underWay && page !== 'history') stop(); // it would disturb what is measured
      return;
    }
    // Back from another page: to the same experiment, on data that no link holds too, and to results that are still to be seen.
    if (before !== undefined && pageOf(before) !== 'lab' && hash === link()) {
      if (run.status !== 'finished' && !(underWay && pageOf(before) === 'history')) start();
      return;
    }
    open(hash);
    told = store.getState().preset;
    begin();
  };
  addEventListener('hashchange', ({ newURL, oldURL }) => open(new URL(newURL).hash, new URL(oldURL).hash));
  open(location.hash);
}

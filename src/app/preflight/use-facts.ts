/** What is known of the device, kept up to date: windows are resized, networks come and go. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { said } from '../../languages/said.ts';
import { type Facts, trialOf } from '../../store/preflight.ts';
import { useLab, useLabParts, useOffline, useTrial } from '../lab-context.ts';
import { graphicsHere, screenHere, stillness, storageHere, wasmHere } from './probes.ts';

export function useFacts(key: string | null): { readonly facts: Facts; readonly askStorage: () => void } {
  const { scenarios } = useLabParts();
  const backend = useLab((state) => state.run.backend);
  const offline = useOffline((state) => state);
  const run = useTrial((state) => state);
  const [graphics, setGraphics] = useState<Facts['graphics']>(null);
  const [storage, setStorage] = useState<Facts['storage']>(null);
  const [seen, setSeen] = useState(seeHere);
  const wasm = useMemo(wasmHere, []);
  const askStorage = useCallback(() => void storageHere().then(setStorage), []);
  useEffect(() => void graphicsHere().then(setGraphics), []);
  // What is kept takes room, and a browser may grant to keep it once there is something.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when more is kept
  useEffect(askStorage, [askStorage, offline.status]);
  useEffect(() => {
    const look = () => setSeen(seeHere());
    const motion = stillness();
    for (const change of ['resize', 'online', 'offline']) addEventListener(change, look);
    motion.addEventListener('change', look);
    return () => {
      for (const change of ['resize', 'online', 'offline']) removeEventListener(change, look);
      motion.removeEventListener('change', look);
    };
  }, []);
  const trial = trialOf(run, scenarios[0] ?? { band: {} }, said);
  return { facts: { ...seen, secure: isSecureContext, graphics, backend, wasm, trial, offline, storage, key }, askStorage };
}

const seeHere = () => ({
  online: navigator.onLine,
  screen: screenHere(),
  still: stillness().matches,
  fullScreen: document.fullscreenEnabled === true,
});

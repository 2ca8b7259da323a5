/** Bringing one's own data: choose, drop or load it, look at what was read, and take it or not. */
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { InputError } from '../../core/input-error.ts';
import type { UnreadFile } from '../../data-files/own-data.ts';
import { said } from '../../languages/said.ts';
import { texts } from '../../store/texts.ts';
import type { Dropped } from '../file-drop.ts';
import { useLab, useLabParts } from '../lab-context.ts';
import { chosenFiles, droppedFiles, loadedFile } from './given-files.ts';
import { Offer } from './offer.tsx';
import './own.css';

interface PanelProps {
  readonly dropped: readonly Dropped[] | null;
  readonly onUsed: () => void;
}

type Gather = (says: string, find: (signal: AbortSignal) => Promise<UnreadFile[]>) => void;

export default function OwnPanel({ dropped, onUsed }: PanelProps) {
  const { store } = useLabParts();
  const own = useLab((state) => state.own);
  const { gather, gathering, problem, stop } = useGathering();
  const latest = useRef(gather);
  latest.current = gather;
  useEffect(() => {
    if (dropped) latest.current(texts.own.listing, (signal) => droppedFiles(dropped, signal));
  }, [dropped]);
  const busy = gathering ?? (own.status === 'reading' ? texts.own.reading(own.first, own.files) : null);
  const why = problem ?? (own.status === 'refused' ? own.why : null);
  // Whatever had the focus may be gone now: who goes by keyboard goes on from here.
  const section = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown changes with these
  useEffect(() => {
    if (document.activeElement === document.body) section.current?.focus({ preventScroll: true });
  }, [busy, own.status]);
  const giveUp = () => {
    stop();
    store.getState().forgetOwn();
  };
  return (
    <section ref={section} tabIndex={-1} className="own" aria-label={texts.own.heading}>
      <div role="status">
        {busy && <p data-testid="own-busy">{busy}</p>}
        {own.status === 'offered' && (
          <p>
            <b>{texts.own.offered}:</b> {said(own.summary.from)}
          </p>
        )}
      </div>
      {why && (
        <p role="alert" className="own-refusal" data-testid="own-refusal">
          {texts.own.refused(said(why))}
        </p>
      )}
      {busy && (
        <Button size="xs" variant="default" data-testid="own-give-up" onClick={giveUp}>
          {texts.own.giveUp}
        </Button>
      )}
      {own.status === 'offered' && <Offer summary={own.summary} refusal={own.refusal} onUsed={onUsed} />}
      {!busy && own.status !== 'offered' && <Choose gather={gather} />}
    </section>
  );
}

/** Where files come from before the engine reads them: a folder takes a while to look through, an address to load. */
function useGathering() {
  const { store } = useLabParts();
  const [gathering, setGathering] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const current = useRef<AbortController>(null);
  const stop = () => {
    current.current?.abort();
    setGathering(null);
  };
  useEffect(() => () => current.current?.abort(), []);
  const gather: Gather = async (says, find) => {
    current.current?.abort();
    current.current = new AbortController();
    const { signal } = current.current;
    setProblem(null);
    setGathering(says);
    store.getState().forgetOwn();
    try {
      const files = await find(signal);
      if (!signal.aborted) store.getState().bring(files);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof InputError)) throw error;
      setProblem(error.message);
    } finally {
      if (!signal.aborted) setGathering(null);
    }
  };
  return { gather, gathering, problem, stop };
}

/** An attribute of all browsers and of no standard. */
const wholeFolder = { webkitdirectory: '' };

function Choose({ gather }: { readonly gather: Gather }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState('');
  const choose = (input: HTMLInputElement) => {
    const chosen = chosenFiles(input.files ?? []);
    input.value = ''; // so that the same file can be chosen again
    if (chosen.length > 0) gather(texts.own.listing, async () => chosen);
  };
  const load = (event: FormEvent) => {
    event.preventDefault();
    gather(texts.own.loading(address), (signal) => loadedFile(address.trim(), signal));
  };
  return (
    <>
      <p>
        {texts.own.kinds} {texts.own.staysHere}
      </p>
      <div className="own-buttons">
        <Button size="xs" variant="default" onClick={() => files.current?.click()}>
          {texts.own.files}
        </Button>
        <Button size="xs" variant="default" onClick={() => folder.current?.click()}>
          {texts.own.folder}
        </Button>
        <span>{texts.own.drop}</span>
      </div>
      <input ref={files} type="file" multiple hidden data-testid="own-files" onChange={(event) => choose(event.currentTarget)} />
      <input
        ref={folder}
        type="file"
        {...wholeFolder}
        hidden
        data-testid="own-folder"
        onChange={(event) => choose(event.currentTarget)}
      />
      <form className="own-address" onSubmit={load}>
        <TextInput
          size="xs"
          type="url"
          label={texts.own.address}
          description={texts.own.addressSays}
          placeholder="https://"
          value={address}
          data-testid="own-address"
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" data-testid="own-load">
          {texts.own.load}
        </Button>
      </form>
    </>
  );
}

/** The name, the scenario, the seed, the buttons of a run, and the theme: one row on a projector. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { galleryLink } from '../store/link.ts';
import { texts } from '../store/texts.ts';
import { useLab, useLabParts } from './lab-context.ts';
import { LanguageButton } from './language-button.tsx';
import { RunButtons } from './run-buttons.tsx';
import { ThemeButton } from './theme-button.tsx';
import { UndoButtons } from './undo-buttons.tsx';

export function Header() {
  return (
    <header className="header">
      <div className="brand">
        <img src="./icon.svg" alt="" width="28" height="28" />
        <h1>{texts.title}</h1>
      </div>
      <ScenarioPicker />
      <a className="header-gallery" href={galleryLink}>
        {texts.gallery.open}
      </a>
      <Seed />
      <UndoButtons />
      <RunButtons />
      <LanguageButton />
      <ThemeButton />
    </header>
  );
}

function ScenarioPicker() {
  const { store, scenarios } = useLabParts();
  const preset = useLab((state) => state.preset);
  const choose = (id: string) => {
    store.getState().choosePreset(id);
    store.getState().begin();
  };
  return (
    <NativeSelect
      size="xs"
      className="header-scenario"
      aria-label={texts.scenario}
      data={scenarios.map(({ id, title }) => ({ value: id, label: title }))}
      value={preset}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}

function Seed() {
  const { store } = useLabParts();
  const seed = useLab((state) => state.experiment.seed);
  const [draft, setDraft] = useState(String(seed));
  useEffect(() => setDraft(String(seed)), [seed]);
  const type = (typed: string) => {
    setDraft(typed);
    const trimmed = typed.trim();
    // What is no number goes to the same check, which says what is allowed.
    store.getState().edit((experiment) => ({ ...experiment, seed: /^\d+$/.test(trimmed) ? Number(trimmed) : typed }));
  };
  return (
    <div className="seed">
      <label htmlFor="seed">{texts.seed}</label>
      <TextInput
        size="xs"
        id="seed"
        data-testid="seed"
        inputMode="numeric"
        value={draft}
        onChange={(event) => type(event.currentTarget.value)}
        onBlur={() => setDraft(String(store.getState().experiment.seed))}
      />
    </div>
  );
}

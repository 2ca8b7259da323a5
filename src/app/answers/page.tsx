/** Figures that others have computed too: computed again as soon as the page is opened, and compared one by one. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { families } from '../../known-answers/check.ts';
import type { Engine } from '../../lab/messages.ts';
import { type AnswersStore, createAnswersStore } from '../../store/answers-store.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { SidePage } from '../side-page.tsx';
import { AnswersBar } from './bar.tsx';
import { FamilyTable } from './family.tsx';
import './answers.css';

/** Made by the first visit, and kept for the next: there is one engine too. */
let made: AnswersStore | undefined;
const storeOn = (engine: Engine) => (made ??= createAnswersStore(engine));

export default function AnswersPage() {
  const { engine } = useLabParts();
  const store = storeOn(engine);
  const state = useStore(store);
  const { compare } = state;
  useEffect(compare, [compare]);
  return (
    <SidePage title={texts.answers.title}>
      <p className="answers-what">{texts.answers.what}</p>
      <AnswersBar state={state} compare={compare} />
      {families.map((family) => (
        <FamilyTable key={family} family={family} results={state.results.filter((result) => result.family === family)} />
      ))}
    </SidePage>
  );
}

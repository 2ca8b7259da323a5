/** Which language the page speaks. English comes with it; another one is loaded by those who choose it. */
import { createStore } from 'zustand/vanilla';
import { texts } from '../store/texts.ts';
import { speak } from './said.ts';

export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

export const isLanguage = (text: unknown): text is Language => typeof text === 'string' && Object.hasOwn(languages, text);

export const languageStore = createStore<{ readonly language: Language }>(() => ({ language: 'en' }));

const english = { ...texts };

/** Everything that is said from now on is said in that language; what is on the screen is to be drawn anew. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (language === 'de') {
    const { dictionary, german } = await import('./german/index.ts');
    speak(dictionary);
    Object.assign(texts, german);
  } else {
    speak(undefined);
    Object.assign(texts, english);
  }
  languageStore.setState({ language });
}

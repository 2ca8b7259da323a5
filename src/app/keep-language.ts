/** Which language somebody chose, or their browser speaks; `?lang=de` in the address comes before both. */
import { isLanguage, type Language } from '../languages/language.ts';
import { readKept, writeKept } from './kept.ts';

export function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  return [asked, readKept('language'), ...navigator.languages.map((tag) => tag.slice(0, 2))].find(isLanguage) ?? 'en';
}

export function keepLanguage(language: Language): void {
  writeKept('language', language);
  // What the address asked for has been had; or it would come back with every reload.
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  if (address.href !== location.href) history.replaceState(history.state, '', address);
}

/** Which language somebody chose, or their browser speaks; `?lang=de` in the address comes before both. */
import { isLanguage, type Language } from '../languages/language.ts';

const kept = 'threatloop-language';

export function firstLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const wanted = [asked, readKept(), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find(isLanguage) ?? 'en';
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(kept, language);
  } catch {
    // Without storage it holds until the page is closed.
  }
}

function readKept(): string | null {
  try {
    return localStorage.getItem(kept);
  } catch {
    return null;
  }
}

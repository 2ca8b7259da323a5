/** Changes to the other language; each is named in itself. */
import { Button } from '@mantine/core';
import { useStore } from 'zustand';
import { chooseLanguage, languageStore, languages } from '../languages/language.ts';
import { keepLanguage } from './keep-language.ts';

export function LanguageButton() {
  const language = useStore(languageStore, (state) => state.language);
  const other = language === 'en' ? 'de' : 'en';
  return (
    <Button
      size="xs"
      variant="default"
      lang={other}
      aria-label={languages[other]}
      className="header-language"
      data-testid="language"
      onClick={() => {
        keepLanguage(other);
        void chooseLanguage(other);
      }}
    >
      {other.toUpperCase()}
    </Button>
  );
}

/** A page beside the lab: its name, the way back, and what is on it. */
import { type ReactNode, useEffect, useRef } from 'react';
import { texts } from '../store/texts.ts';
import { useLabParts } from './lab-context.ts';
import { LanguageButton } from './language-button.tsx';
import { ThemeButton } from './theme-button.tsx';

interface SidePageProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function SidePage({ title, children }: SidePageProps) {
  const { store } = useLabParts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const before = document.title;
    document.title = `${title} ${texts.title}`;
    heading.current?.focus(); // who cannot see that this is another page is told so
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <div className="side-page">
      <header className="header">
        <div className="brand">
          <img src="./icon.svg" alt="" width="28" height="28" />
          <b className="side-page-brand">{texts.title}</b>
        </div>
        <a href={store.getState().link()} data-testid="back">
          ← {texts.back}
        </a>
        <LanguageButton />
        <ThemeButton />
      </header>
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
    </div>
  );
}

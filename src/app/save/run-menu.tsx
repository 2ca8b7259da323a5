/** Saving the whole run: everything as JSON, all numbers, the papers behind it; and its link. */

import { watched } from '../../store/lab-store.ts';
import { texts } from '../../store/texts.ts';
import { useLab, useLabParts } from '../lab-context.ts';
import { SaveMenu } from './menu.tsx';

export function RunSaveMenu() {
  const { store } = useLabParts();
  const nothing = useLab((state) => {
    const { lanes, evidence } = watched(state);
    return !lanes.some(({ metrics }) => Object.keys(metrics).length > 0) && Object.keys(evidence).length === 0;
  });
  const { json, csv, bib, link } = texts.save.whole;
  return (
    <SaveMenu
      label={texts.save.run}
      short={texts.save.short}
      disabled={nothing}
      items={[
        { id: 'json', says: json },
        { id: 'csv', says: csv },
        { id: 'bib', says: bib },
        { id: 'link', says: link },
      ]}
      hint={texts.save.again}
      onChoose={async (what) => {
        if (what === 'link') return copyLink(store.getState().link());
        const { saveRun } = await import('./save-run.ts');
        return saveRun(store.getState(), what);
      }}
    />
  );
}

/** The address is written a moment after the experiment; what is copied is of now. */
async function copyLink(link: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(new URL(link, location.href).href);
    return texts.save.copied;
  } catch {
    return texts.save.notCopied; // without https there is no clipboard at all, and it may refuse
  }
}

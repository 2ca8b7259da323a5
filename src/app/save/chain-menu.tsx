/** Saving what came of a chain. */
import { shownNews } from '../../store/chain-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain, useLabParts } from '../lab-context.ts';
import { SaveMenu } from './menu.tsx';

export function ChainSaveMenu() {
  const { store, chain } = useLabParts();
  const nothing = useChain((state) => shownNews(state) === null);
  const { json, csv } = texts.save.whole;
  return (
    <SaveMenu
      label={texts.save.chain}
      short={texts.save.short}
      disabled={nothing}
      items={[
        { id: 'json', says: json },
        { id: 'csv', says: csv },
      ]}
      hint={texts.save.again}
      onChoose={async (what) => {
        const { saveChain } = await import('./save-run.ts');
        return saveChain(chain.getState(), store.getState().run.backend?.name, what);
      }}
    />
  );
}

/** Saving a chart that is no evidence of a run: of several runs, or of this machine. */
import type { ReactElement } from 'react';
import type { CsvTable } from '../../export/csv.ts';
import { texts } from '../../store/texts.ts';
import { SaveMenu } from './menu.tsx';

export interface FigureToSave {
  readonly title: string;
  /** In its file's name, after `threatloop-`. */
  readonly name: string;
  /** Where it is from, for the line at its foot. */
  readonly from: readonly string[];
  /** The panel that shows it, as wide as it is told. */
  readonly panel: (width: number) => ReactElement;
  readonly table: () => CsvTable;
}

export function FigureSaveMenu({ figure }: { readonly figure: FigureToSave }) {
  const { svg, png, csv } = texts.save.formats;
  return (
    <SaveMenu
      label={texts.save.panel(figure.title)}
      items={[
        { id: 'svg', says: svg },
        { id: 'png', says: png },
        { id: 'csv', says: csv },
      ]}
      onChoose={async (format) => {
        const { saveFigure } = await import('./save-figure.ts');
        return saveFigure(figure, format);
      }}
    />
  );
}

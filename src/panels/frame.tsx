/** What every panel has: a title, a sentence for those who cannot see it, and its numbers as a table for those who want them. */
import { createContext, type ReactNode, use, useState } from 'react';
import { texts } from '../store/texts.ts';

export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** What whoever shows a panel lets one do with it, beside its title. */
export const PanelMenu = createContext<ReactNode>(null);

interface FrameProps {
  readonly title: string;
  readonly description: string;
  /** Called only when the table is asked for. */
  readonly cells: () => Cells;
  readonly aside?: ReactNode;
  /** Readable as it stands (a list, a table): the sentence is then a summary and does not replace it. */
  readonly readable?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Frame({ title, description, cells, aside, readable = false, wide = false, children }: FrameProps) {
  const [open, setOpen] = useState(false);
  return (
    <figure className={wide ? 'panel panel-wide' : 'panel'}>
      <figcaption>
        <span className="panel-title">{title}</span>
      </figcaption>
      {use(PanelMenu)}
      {readable ? (
        <>
          <p className="visually-hidden">{description}</p>
          {children}
        </>
      ) : (
        <div role="img" aria-label={description}>
          {children}
        </div>
      )}
      {aside}
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary aria-label={`${texts.panel.table}: ${title}`}>{texts.panel.table}</summary>
        {open && <CellTable label={title} {...cells()} />}
      </details>
    </figure>
  );
}

export function CellTable({ columns, rows, label }: Cells & { readonly label: string }) {
  return (
    // A long table scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs focus
    <fieldset className="cells" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={columns[column]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </fieldset>
  );
}

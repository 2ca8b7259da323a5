/** Saving one panel: as a picture, or its numbers. What does it is loaded by the first person who asks. */
import type { Evidence } from '../../core/evidence.ts';
import { said } from '../../languages/said.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { SaveMenu } from './menu.tsx';
import type { PanelLook } from './save-panel.ts';

interface PanelMenuProps extends PanelLook {
  /** Null for what the whole run has to show. */
  readonly lane: number | null;
  readonly id: string;
  readonly kind: Evidence['kind'];
  readonly title: string;
}

export function PanelSaveMenu({ lane, id, kind, title, rocScale, color }: PanelMenuProps) {
  const { store } = useLabParts();
  const { svg, png, csv } = texts.save.formats;
  const pictures = [
    { id: 'svg', says: svg },
    { id: 'png', says: png },
  ] as const;
  const rows = { id: 'csv', says: numeric.includes(kind) ? csv : texts.save.words } as const;
  return (
    <SaveMenu
      label={texts.save.panel(said(title))}
      items={kind === 'table' ? [rows] : [...pictures, rows]}
      onChoose={async (format) => {
        const { savePanel } = await import('./save-panel.ts');
        return savePanel(store.getState(), lane, id, format, { rocScale, color });
      }}
    />
  );
}

const numeric: readonly Evidence['kind'][] = ['curve', 'roc', 'histogram', 'scatter', 'confusion'];

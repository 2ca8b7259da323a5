/** Saves a chart that is no evidence of a run. Loaded by the first person who does. */
import { csv } from '../../export/csv.ts';
import { figureSvg } from '../../export/figure.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { drawChart } from './draw-chart.tsx';
import type { FigureToSave } from './figure-menu.tsx';
import { withLightColors } from './light.ts';
import { measuring, pngOf } from './raster.ts';

/** @returns why it was not saved, if it was not */
export async function saveFigure(
  { title, name, from, panel, table }: FigureToSave,
  format: 'svg' | 'png' | 'csv',
): Promise<string | undefined> {
  const file = `threatloop-${name}.${format}`;
  if (format === 'csv') {
    download(file, 'text/csv', csv(table()));
    return undefined;
  }
  const drawn = await drawChart(panel);
  if (!drawn) return texts.save.failed(texts.save.notDrawn);
  const svg = await withLightColors(figureSvg({ title, foot: texts.save.foot(from), ...drawn }, measuring()));
  if (format === 'svg') download(file, 'image/svg+xml', svg);
  else download(file, 'image/png', await pngOf(svg));
  return undefined;
}

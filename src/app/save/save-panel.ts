/** Saves one panel. Loaded by the first person who does. */
import type { Evidence } from '../../core/evidence.ts';
import { find } from '../../core/experiment.ts';
import { csv } from '../../export/csv.ts';
import { drawConfusion } from '../../export/draw-confusion.ts';
import { drawPictures, magnification, picturesLegend } from '../../export/draw-pictures.ts';
import { drawScatter, scatterLegend } from '../../export/draw-scatter.ts';
import { drawText, textLegend } from '../../export/draw-text.ts';
import { longForm } from '../../export/evidence-rows.ts';
import { type Figure, figureSvg, type Measure } from '../../export/figure.ts';
import { fileName } from '../../export/file-name.ts';
import { catalogInLanguage, evidenceInLanguage } from '../../languages/in-language.ts';
import type { RocScale } from '../../panels/roc.tsx';
import { type LabState, watched } from '../../store/lab-store.ts';
import { texts } from '../../store/texts.ts';
import { download } from '../download.ts';
import { drawEvidence } from './draw-chart.tsx';
import { withLightColors } from './light.ts';
import { addressesOf, measuring, pngOf } from './raster.ts';

export interface PanelLook {
  readonly rocScale: RocScale;
  /** Of the lane. */
  readonly color: string;
}

/** @returns why it was not saved, if it was not */
export async function savePanel(
  state: LabState,
  lane: number | null,
  id: string,
  format: 'svg' | 'png' | 'csv',
  look: PanelLook,
): Promise<string | undefined> {
  const { experiment, evidence: whole, lanes, begun } = watched(state);
  const evidence = (lane === null ? whole : lanes[lane]?.evidence)?.[id];
  if (!experiment || !evidence) return texts.save.failed(texts.save.gone);
  const letter = lane === null ? '' : ` ${String.fromCharCode(97 + lane)}`;
  const name = fileName(begun.preset, `${id}${letter}`, experiment.seed, format);
  if (format === 'csv') {
    download(name, 'text/csv', csv(longForm(lane === null ? '' : (experiment.lanes[lane]?.name ?? ''), evidence)));
    return undefined;
  }
  const measure = measuring();
  const shown = evidenceInLanguage(evidence);
  const drawn = await drawnOf(shown, look, measure);
  if (!drawn) return texts.save.failed(texts.save.notDrawn);
  const { title } = shown;
  const svg = await withLightColors(figureSvg({ title, foot: footOf(state, lane), ...drawn }, measure));
  if (format === 'svg') download(name, 'image/svg+xml', svg);
  else download(name, 'image/png', await pngOf(svg));
  return undefined;
}

async function drawnOf(
  evidence: Evidence,
  { rocScale, color }: PanelLook,
  measure: Measure,
): Promise<Pick<Figure, 'drawing' | 'legend' | 'description'> | undefined> {
  switch (evidence.kind) {
    case 'curve':
    case 'roc':
    case 'histogram':
      return drawEvidence(evidence, rocScale, color);
    case 'scatter':
      return { drawing: drawScatter(evidence), legend: scatterLegend(evidence), description: evidence.title };
    case 'images': {
      const addresses = addressesOf(evidence, magnification(evidence));
      const drawing = drawPictures(evidence, addresses, measure);
      return { drawing, legend: picturesLegend(evidence), description: evidence.title };
    }
    case 'confusion':
      return { drawing: drawConfusion(evidence, measure), legend: [], description: evidence.title };
    case 'text':
      return { drawing: drawText(evidence, measure), legend: textLegend(evidence), description: evidence.title };
    case 'table':
    case 'verdict':
      return undefined;
    default:
      return evidence satisfies never;
  }
}

/** `Threatloop · membership / lira · DP-SGD · seed 1 · wasm` */
function footOf(state: LabState, lane: number | null): string {
  const { experiment, backend, begun } = watched(state);
  if (!experiment) return '';
  const { attack, lanes, seed } = experiment;
  const titles = (lane === null ? [] : (lanes[lane]?.defenses ?? [])).map(
    ({ id }) => find(catalogInLanguage(state.catalog).defenses, 'defense', id).title,
  );
  const defense = lane === null ? [] : [titles.join(' + ') || texts.lane.none];
  const seeds = begun.spread ? texts.save.seeds(seed, seed + begun.spread.seeds - 1) : texts.save.seed(seed);
  const on = backend && (state.watching === 'recorded' ? texts.save.recordedOn(backend.name) : backend.name);
  return texts.save.foot([`${begun.preset} / ${attack.id}`, ...defense, seeds, ...(on ? [on] : [])]);
}

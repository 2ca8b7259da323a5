/** One piece of evidence, drawn by its kind. Redrawn only when something of it is another. */
import { lazy, memo, Suspense } from 'react';
import type { Evidence } from '../core/evidence.ts';
import { evidenceInLanguage } from '../languages/in-language.ts';
import { texts } from '../store/texts.ts';
import { ImagesPanel } from './images.tsx';
import type { RocScale } from './roc.tsx';
import { ScatterPanel } from './scatter.tsx';
import { ConfusionPanel, TablePanel, TextPanel, VerdictPanel } from './words.tsx';

/** Asked for at once, but not waited for: the chart library is a third of the page, and nothing is measured yet when it opens. */
const charts = import('./charts.tsx').catch(() => ({
  CurvePanel: NotLoaded,
  HistogramPanel: NotLoaded,
  RocPanel: NotLoaded,
}));
const CurvePanel = lazy(async () => ({ default: (await charts).CurvePanel }));
const HistogramPanel = lazy(async () => ({ default: (await charts).HistogramPanel }));
const RocPanel = lazy(async () => ({ default: (await charts).RocPanel }));
function NotLoaded(_evidence: object) {
  return <p role="alert">{texts.panelNotLoaded}</p>;
}

interface EvidenceProps {
  readonly evidence: Evidence;
  readonly rocScale: RocScale;
  readonly onRocScale: (scale: RocScale) => void;
  /** Of the lane. */
  readonly color: string;
  /** In pixels, for charts; 0 where none is to be drawn yet. */
  readonly width: number;
}

export const EvidencePanel = memo(function EvidencePanel(props: EvidenceProps) {
  return <Suspense>{panelOf(props)}</Suspense>;
});

function panelOf({ evidence: found, rocScale, onRocScale, color, width }: EvidenceProps) {
  const evidence = evidenceInLanguage(found);
  switch (evidence.kind) {
    case 'curve':
      return <CurvePanel evidence={evidence} width={width} />;
    case 'roc':
      return <RocPanel evidence={evidence} scale={rocScale} onScale={onRocScale} color={color} width={width} />;
    case 'histogram':
      return <HistogramPanel evidence={evidence} width={width} />;
    case 'scatter':
      return <ScatterPanel evidence={evidence} />;
    case 'confusion':
      return <ConfusionPanel evidence={evidence} />;
    case 'images':
      return <ImagesPanel evidence={evidence} />;
    case 'text':
      return <TextPanel evidence={evidence} />;
    case 'table':
      return <TablePanel evidence={evidence} />;
    case 'verdict':
      return <VerdictPanel evidence={evidence} />;
    default:
      return evidence satisfies never;
  }
}

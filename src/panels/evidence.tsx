/** One piece of evidence, drawn by its kind. Redrawn only when something of it is another. */
import { memo } from 'react';
import type { Evidence } from '../core/evidence.ts';
import { CurvePanel } from './curve.tsx';
import { HistogramPanel } from './histogram.tsx';
import { ImagesPanel } from './images.tsx';
import { RocPanel, type RocScale } from './roc.tsx';
import { ScatterPanel } from './scatter.tsx';
import { ConfusionPanel, TablePanel, TextPanel, VerdictPanel } from './words.tsx';

interface EvidenceProps {
  readonly evidence: Evidence;
  readonly rocScale: RocScale;
  readonly onRocScale: (scale: RocScale) => void;
  /** Of the lane. */
  readonly color: string;
  /** In pixels, for charts; 0 where none is to be drawn yet. */
  readonly width: number;
}

export const EvidencePanel = memo(function EvidencePanel({ evidence, rocScale, onRocScale, color, width }: EvidenceProps) {
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
});

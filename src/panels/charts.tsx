/** What is drawn by the chart library, in one file that is loaded after the page is there. */
export { CurvePanel } from './curve.tsx';
export { HistogramPanel } from './histogram.tsx';
export { RocPanel } from './roc.tsx';

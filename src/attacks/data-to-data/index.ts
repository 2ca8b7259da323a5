/** Data → data: what protected data gives away by itself. */
import type { Attack } from '../../core/attack.ts';
import blockDecryption from './block-decryption.ts';
import collusion from './collusion.ts';
import frequencyAnalysis from './frequency-analysis.ts';
import instanceDecoding from './instance-decoding.ts';
import logoMatting from './logo-matting.ts';
import paraphrase from './paraphrase.ts';
import regeneration from './regeneration.ts';
import signalProcessing from './signal-processing.ts';
import tokenSubstitution from './token-substitution.ts';
import unlicensedTraining from './unlicensed-training.ts';

export const dataToData: readonly Attack[] = [
  frequencyAnalysis,
  blockDecryption,
  instanceDecoding,
  signalProcessing,
  collusion,
  regeneration,
  logoMatting,
  tokenSubstitution,
  paraphrase,
  unlicensedTraining,
];

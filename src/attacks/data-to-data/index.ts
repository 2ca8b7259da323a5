/** Data → data: what protected data gives away by itself. */
import type { Attack } from '../../core/attack.ts';
import blockDecryption from './block-decryption.ts';
import frequencyAnalysis from './frequency-analysis.ts';
import instanceDecoding from './instance-decoding.ts';

export const dataToData: readonly Attack[] = [frequencyAnalysis, blockDecryption, instanceDecoding];

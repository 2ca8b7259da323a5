/** All protections; of several for the same access, the first is the usual one. */
import type { Protection } from '../core/protection.ts';
import blockEncryption from './block-encryption.ts';
import columnEncryption from './column-encryption.ts';
import dctWatermark from './dct-watermark.ts';
import greenList from './green-list.ts';
import instanceEncoding from './instance-encoding.ts';
import learnedWatermark from './learned-watermark.ts';
import unigram from './unigram.ts';
import visibleWatermark from './visible-watermark.ts';

export const protections: readonly Protection[] = [
  columnEncryption,
  blockEncryption,
  instanceEncoding,
  dctWatermark,
  learnedWatermark,
  visibleWatermark,
  greenList,
  unigram,
];

/** All protections; of several for the same access, the first is the usual one. */
import type { Protection } from '../core/protection.ts';
import blockEncryption from './block-encryption.ts';
import columnEncryption from './column-encryption.ts';
import instanceEncoding from './instance-encoding.ts';

export const protections: readonly Protection[] = [columnEncryption, blockEncryption, instanceEncoding];

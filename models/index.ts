import type { Model } from '../src/core/model.ts';
import autoencoder from './autoencoder.ts';
import cnn from './cnn.ts';
import lowRank from './low-rank.ts';
import markPair from './mark-pair.ts';
import mlp from './mlp.ts';
import softmax from './softmax.ts';
import transformer from './transformer.ts';

/** Those that a person can choose to attack. */
export const targets: readonly Model[] = [softmax, mlp, cnn, transformer];
export const models: readonly Model[] = [...targets, autoencoder, lowRank, markPair];

import type { Model } from '../src/core/model.ts';
import autoencoder from './autoencoder.ts';
import cnn from './cnn.ts';
import mlp from './mlp.ts';
import softmax from './softmax.ts';
import transformer from './transformer.ts';

/** Those that a person can choose to learn the classes. */
export const classifiers: readonly Model[] = [softmax, mlp, cnn];
export const models: readonly Model[] = [...classifiers, autoencoder, transformer];

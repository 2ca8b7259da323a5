import type { Model } from '../src/core/model.ts';
import cnn from './cnn.ts';
import mlp from './mlp.ts';
import softmax from './softmax.ts';

export const models: readonly Model[] = [softmax, mlp, cnn];

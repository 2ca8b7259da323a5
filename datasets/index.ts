import type { Dataset } from '../src/core/dataset.ts';
import blobs from './blobs/index.ts';
import castle from './castle/index.ts';
import digits8 from './digits8/index.ts';
import faces from './faces/index.ts';
import hospital from './hospital/index.ts';
import mail from './mail/index.ts';
import mnist from './mnist/index.ts';
import purchases from './purchases/index.ts';

export const datasets: readonly Dataset[] = [mnist, blobs, purchases, digits8, faces, hospital, mail, castle];

/** All defenses, in the order in which the page lists them: those of training, then those of the answers. */
import type { Defense } from '../core/defense.ts';
import distillation from './distillation.ts';
import dpSgd from './dp-sgd.ts';
import dropout from './dropout.ts';
import earlyStopping from './early-stopping.ts';
import labelSmoothing from './label-smoothing.ts';
import labelsOnly from './labels-only.ts';
import memguard from './memguard.ts';
import outputRounding from './output-rounding.ts';
import relaxLoss from './relax-loss.ts';
import topK from './top-k.ts';
import weightDecay from './weight-decay.ts';

export const defenses: readonly Defense[] = [
  dpSgd,
  earlyStopping,
  dropout,
  weightDecay,
  labelSmoothing,
  relaxLoss,
  distillation,
  outputRounding,
  topK,
  labelsOnly,
  memguard,
];

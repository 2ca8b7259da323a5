/** All defenses, in the order in which the page lists them: those of training, of the answers, of text, then those of the data itself. */
import type { Defense } from '../core/defense.ts';
import activationClustering from './activation-clustering.ts';
import adaptiveMisinformation from './adaptive-misinformation.ts';
import adversarialRefusal from './adversarial-refusal.ts';
import attackInTheLoop from './attack-in-the-loop.ts';
import bido from './bido.ts';
import constrainedFirstTokens from './constrained-first-tokens.ts';
import contentKeys from './content-keys.ts';
import datasetInference from './dataset-inference.ts';
import deduplication from './deduplication.ts';
import distillation from './distillation.ts';
import dpSgd from './dp-sgd.ts';
import dropout from './dropout.ts';
import earlyStopping from './early-stopping.ts';
import eraseAndCheck from './erase-and-check.ts';
import errorCorrection from './error-correction.ts';
import finePruning from './fine-pruning.ts';
import freezeLayers from './freeze-layers.ts';
import frequencySmoothing from './frequency-smoothing.ts';
import gradientNoise from './gradient-noise.ts';
import gradientPruning from './gradient-pruning.ts';
import keyPerImage from './key-per-image.ts';
import labelSmoothing from './label-smoothing.ts';
import labelsOnly from './labels-only.ts';
import memguard from './memguard.ts';
import modelWatermark from './model-watermark.ts';
import moreMixing from './more-mixing.ts';
import multiKey from './multi-key.ts';
import negativeLabelSmoothing from './negative-label-smoothing.ts';
import neuralCleanse from './neural-cleanse.ts';
import outputFilter from './output-filter.ts';
import outputRounding from './output-rounding.ts';
import partitionAggregation from './partition-aggregation.ts';
import perplexityFilter from './perplexity-filter.ts';
import prada from './prada.ts';
import predictionPoisoning from './prediction-poisoning.ts';
import queryLimit from './query-limit.ts';
import randomisedEncryption from './randomised-encryption.ts';
import relaxLoss from './relax-loss.ts';
import safeLora from './safe-lora.ts';
import safetyDataMixing from './safety-data-mixing.ts';
import smoothLlm from './smooth-llm.ts';
import spectralSignatures from './spectral-signatures.ts';
import strip from './strip.ts';
import topK from './top-k.ts';
import unlearning from './unlearning.ts';
import vaccine from './vaccine.ts';
import weightDecay from './weight-decay.ts';

export const defenses: readonly Defense[] = [
  dpSgd,
  earlyStopping,
  dropout,
  weightDecay,
  labelSmoothing,
  relaxLoss,
  distillation,
  bido,
  negativeLabelSmoothing,
  outputRounding,
  topK,
  labelsOnly,
  memguard,
  queryLimit,
  prada,
  adaptiveMisinformation,
  predictionPoisoning,
  modelWatermark,
  datasetInference,
  spectralSignatures,
  activationClustering,
  partitionAggregation,
  finePruning,
  neuralCleanse,
  strip,
  gradientNoise,
  gradientPruning,
  deduplication,
  outputFilter,
  unlearning,
  safetyDataMixing,
  vaccine,
  safeLora,
  freezeLayers,
  constrainedFirstTokens,
  perplexityFilter,
  smoothLlm,
  eraseAndCheck,
  adversarialRefusal,
  moreMixing,
  keyPerImage,
  frequencySmoothing,
  randomisedEncryption,
  multiKey,
  contentKeys,
  errorCorrection,
  attackInTheLoop,
];

/** The chains in the order in which they are offered. */
import backdoorThroughTheft from './backdoor-through-theft.ts';
import type { ChainLesson } from './chain.ts';
import extractThenPoison from './extract-then-poison.ts';
import fineTuneJailbreakExtract from './fine-tune-jailbreak-extract.ts';
import launderThenTrain from './launder-then-train.ts';
import poisonThenInfer from './poison-then-infer.ts';
import stealThenInvert from './steal-then-invert.ts';

export const chains: readonly ChainLesson[] = [
  stealThenInvert,
  poisonThenInfer,
  extractThenPoison,
  launderThenTrain,
  backdoorThroughTheft,
  fineTuneJailbreakExtract,
];

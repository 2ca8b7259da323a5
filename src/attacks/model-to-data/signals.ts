/** What membership attacks read off a model's answer for an example whose true class is known. */
import type { Probabilities } from '../../core/access.ts';

/** Below this a probability is as good as none; it keeps logarithms finite when answers were rounded to 0. */
const least = 1e-30;

const ln = (probability: number) => Math.log(Math.max(least, probability));

/** p_y of every answer. */
export function confidences(answers: Probabilities, labels: Int32Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(labels, (label, i) => answers.values[i * answers.classes + label] as number);
}

/** ln p_y: minus the cross-entropy loss. */
export function logConfidences(answers: Probabilities, labels: Int32Array): Float64Array<ArrayBuffer> {
  return confidences(answers, labels).map(ln);
}

/**
 * φ = ln(p_y / (1 − p_y)) (Carlini et al. 2022, section IV.C), which is nearly normal over models where p_y is not. The
 * other classes are summed rather than subtracted from 1, where single precision would have lost them.
 */
export function logitConfidences(answers: Probabilities, labels: Int32Array): Float64Array<ArrayBuffer> {
  const { values, classes } = answers;
  return Float64Array.from(labels, (label, i) => {
    let others = 0;
    for (let c = 0; c < classes; c++) if (c !== label) others += values[i * classes + c] as number;
    return ln(values[i * classes + label] as number) - ln(others);
  });
}

/** Modified entropy (Song & Mittal 2021, equation 2.4): entropy that also falls when the answer is right. */
export function modifiedEntropies(answers: Probabilities, labels: Int32Array): Float64Array<ArrayBuffer> {
  const { values, classes } = answers;
  return Float64Array.from(labels, (label, i) => {
    let entropy = 0;
    for (let c = 0; c < classes; c++) {
      const p = values[i * classes + c] as number;
      entropy -= c === label ? (1 - p) * ln(p) : p * ln(1 - p);
    }
    return entropy;
  });
}

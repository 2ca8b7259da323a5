/** What the cards say beside what every attack, defense and metric says of itself: above all, what this toy does not show. */
import type { Family } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';

/** Of attacks of a family, and of the defenses against it. */
export const familyLimits: Readonly<Record<Family, string>> = {
  'membership inference':
    'A few hundred examples, learned by heart: large leaks, wide intervals. In a large model most examples leak little and a few leak much, so the mean says little there; look at low false alarms. The attacker here also holds the very candidates, which is what an auditor has.',
  'model inversion':
    'Small pictures with plain backgrounds, few classes, networks of one or two layers. Of photographs in deep networks far less comes out without a strong prior, and what comes out is then partly the prior’s. A class is not a person unless each class is one.',
  poisoning:
    'Hundreds of examples, of which a per cent is a handful, and one network trained once. Whether poison gets into a data set at all, past people and filters, is not part of it.',
  'model extraction':
    'A victim of a few thousand weights, and questions that cost nothing. What a service charges, limits and watches over months, and what a thief could build for the same money, is not part of it.',
  'training data extraction':
    'A language model of characters that has seen some hundred mails many times over. Large models repeat less of what they saw once and more of what they saw often; the codes here are planted so that one can count.',
  'harmful fine-tuning':
    'The harm is a made-up code that an assistant of a castle should keep. Refusing was taught in minutes and is shallow; in a large model it is deeper, though fine-tuning undoes it there too.',
  jailbreak:
    'An assistant of a few hundred thousand weights that reads characters. It has no judgement to be talked round; what works is what lies outside of what it was taught. Attacks by meaning need a model that understands.',
  'data decryption':
    'Small tables and small pictures, and an attacker who knows how they were protected, which one should always assume. Ciphers that are made for it (and cost more) do not leak what is read here.',
  'watermark removal':
    'Pictures of 24 by 24 pixels, marks of 32 bits, texts of a few hundred words from a tiny model. Marks in large pictures have more room to hide and to be repeated in; attacks have better models to redraw with.',
};

export const defenseLimit =
  'It was measured against the attacks of this playground at the settings shown. That it holds against those does not show that it holds: where a defense can be known, let the attacker know it.';

/** How a number misleads, or what it leaves out. */
export const metricLimits: Readonly<Record<MetricName, string>> = {
  auc: 'An average over all thresholds: an attack can be certain of a few and blind for the rest, and have the AUC of a coin.',
  testAccuracy: 'One number for all classes: what it cost may be borne by the rarest one alone.',
  trainAccuracy: 'High here and low on unseen examples is what membership inference lives on; alone it says nothing.',
  'tprAtFpr0.01': 'With three hundred others, 1 % are three of them: the interval is wide.',
  'tprAtFpr0.001': 'Needs a thousand others before it can be told at all; with fewer it is not given.',
  advantage: 'The best threshold, chosen by whoever knows the truth; an attacker does not.',
  epsilon:
    'A bound for the worst case, not what this attacker got. Far above 10 it promises next to nothing, and the model may still not leak.',
  fidelity: 'Agreement on likely inputs. Two models can agree there and differ everywhere else.',
  queries: 'Counts questions, not what each one tells: a label tells less than ten probabilities.',
  cleanAccuracy: 'As good as before says that nobody will notice by testing, not that nothing is wrong.',
  attackSuccessRate: 'What counts as success is the attack’s own: see what it is after.',
  correlation: 'Likeness to an average picture is likeness too: compare with the margin.',
  margin: 'Says whose picture it is, not how good it looks.',
  ssim: 'Two plain backgrounds are alike whatever stands in front of them.',
  psnr: 'Every pixel counts the same; a shift by one pixel ruins it, and nobody would see that.',
  mse: 'Small where a picture is grey: compare with what the mean picture gets.',
  exposure: 'Ranks a planted code among all codes; what nobody planted has no exposure to measure.',
  extractionRate: 'Counts codes that came out to the last character; one that is wrong by one counts as nothing.',
  precision: 'Of what was handed in. Whoever hands in one sure text has the best.',
  perplexity: 'Of a model of characters: not to be compared with one of words.',
  bitAccuracy: 'Half of the bits are right by chance: 75 % is half of what there is to know.',
  zScore: 'Of one text or a set of pictures; longer texts have a larger one for the same strength.',
  editRate: 'Counts words, not what they mean: one word can turn a sentence round.',
  recoveryRate: 'Common values are right by guessing: compare with that line.',
  refusalRate: 'A model that refuses everything refuses every attack.',
  gradientCosine: 'A gradient can point the right way and still give away every example.',
  detectionRate: 'Without its false alarms it means nothing: who suspects everybody catches everybody.',
  falseAlarmRate: 'Where nearly everybody is honest, few per cent are most of the alarms.',
};

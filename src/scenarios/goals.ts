/** A ladder of goals: the learner is the defender, or the attacker, and has to get some numbers where they are wanted. */
import type { MetricName } from '../core/event.ts';

export interface Want {
  /** The number of the lane, from 0. */
  readonly lane: number;
  readonly metric: MetricName;
  readonly least?: number;
  readonly most?: number;
}

export interface Goal {
  readonly id: string;
  readonly role: 'defender' | 'attacker';
  readonly title: string;
  /** The scenario that it begins with. */
  readonly scenario: string;
  readonly says: string;
  readonly hint: string;
  /** What may be changed; everything else stays as it was, but for the seed. */
  readonly free: readonly ('lanes' | 'attack')[];
  /** What is other than in the scenario at the start, by its path. */
  readonly start: Readonly<Record<string, unknown>>;
  /** Options of the attack that may not be larger, by their path. */
  readonly most?: Readonly<Record<string, number>>;
  readonly wants: readonly Want[];
  /** One way to get there, by its path: nobody is shown it, and a test goes it. */
  readonly solution: Readonly<Record<string, unknown>>;
}

const undefended = { name: 'undefended', defenses: [] };
/** Beside the undefended lane one of the learner's own. */
const bare = { lanes: [undefended, { name: 'yours', defenses: [] }] };

export const goals: readonly Goal[] = [
  {
    id: 'first-shield',
    role: 'defender',
    title: 'A first shield',
    scenario: 'membership',
    says: 'Somebody finds out which digits your model learned. Bring that down; a good part of the accuracy may go.',
    hint: 'What no single example can move, no single example can be read from.',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'auc', most: 0.65 },
      { lane: 1, metric: 'testAccuracy', least: 0.6 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'dp-sgd' }] },
  },
  {
    id: 'shield-for-nothing',
    role: 'defender',
    title: 'A shield for nothing',
    scenario: 'membership',
    says: 'The same attack, and this time hardly any accuracy may go. Something that costs no training will do.',
    hint: 'She reads how sure the model is. Does it have to say?',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'auc', most: 0.7 },
      { lane: 1, metric: 'testAccuracy', least: 0.8 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'labels-only' }] },
  },
  {
    id: 'shut-the-door',
    role: 'defender',
    title: 'Shut the back door',
    scenario: 'backdoor',
    says: 'Your model calls everything with a patch a zero. Find the patch and make it harmless; on clean digits the model stays as good as it is.',
    hint: 'Some defenses throw poison out, some look for the trigger itself. Not all that sound right work here.',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'attackSuccessRate', most: 0.15 },
      { lane: 1, metric: 'cleanAccuracy', least: 0.84 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'neural-cleanse' }] },
  },
  {
    id: 'worthless-copy',
    role: 'defender',
    title: 'A copy that is worth little',
    scenario: 'steal',
    says: 'Two hundred answers are enough to copy you. Go on answering honest people as well as before, and let the copy agree with you on six of ten digits at most.',
    hint: 'An answer may keep its class and still lead a thief astray.',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'fidelity', most: 0.6 },
      { lane: 1, metric: 'testAccuracy', least: 0.87 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'prediction-poisoning' }] },
  },
  {
    id: 'ten-examples-withstood',
    role: 'defender',
    title: 'Withstand ten examples',
    scenario: 'ten-examples',
    says: 'A customer sends ten examples for fine-tuning, and your assistant forgets to refuse. Let it learn what it is sent, and keep its secrets.',
    hint: 'Where does refusing live, and which part of an update points away from it?',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'attackSuccessRate', most: 0.3 },
      { lane: 1, metric: 'testAccuracy', least: 0.9 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'safe-lora' }] },
  },
  {
    id: 'no-other-dress',
    role: 'defender',
    title: 'The same question in any dress',
    scenario: 'other-dress',
    says: 'Disguised questions get through. Stop nine of ten, and go on answering everything that is honest.',
    hint: 'What is added to a question can be taken off again.',
    free: ['lanes'],
    start: bare,
    wants: [
      { lane: 1, metric: 'attackSuccessRate', most: 0.1 },
      { lane: 1, metric: 'testAccuracy', least: 0.95 },
    ],
    solution: { 'lanes.1.defenses': [{ id: 'erase-and-check' }] },
  },
  {
    id: 'thief-on-a-budget',
    role: 'attacker',
    title: 'A thief on a budget',
    scenario: 'steal',
    says: 'Now you are the thief. Get a copy that agrees with the model on 94 of 100 digits, with at most a thousand questions.',
    hint: 'More questions tell more; and a copy that trains longer makes more of each answer.',
    free: ['attack'],
    start: { lanes: [undefended] },
    wants: [
      { lane: 0, metric: 'fidelity', least: 0.94 },
      { lane: 0, metric: 'queries', most: 1000 },
    ],
    solution: { 'attack.queries': 800, 'attack.steps': 2000 },
  },
  {
    id: 'louder-trigger',
    role: 'attacker',
    title: 'Twenty digits are enough',
    scenario: 'backdoor',
    says: 'You may poison one digit in a hundred. Your trigger must work nine times in ten, and nobody may notice on clean digits.',
    hint: 'What is rarely seen has to be easily seen.',
    free: ['attack'],
    start: { lanes: [undefended], 'attack.rate': 0.01 },
    most: { 'attack.rate': 0.01 },
    wants: [
      { lane: 0, metric: 'attackSuccessRate', least: 0.9 },
      { lane: 0, metric: 'cleanAccuracy', least: 0.86 },
    ],
    solution: { 'attack.trigger': 'wwwww/wwwww/wwwww/wwwww/wwwww' },
  },
];

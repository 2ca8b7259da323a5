/** Every word that the page itself says, in one place, ready to be translated. What is declared says itself. */
import type { Access, Axis } from '../core/attack.ts';
import type { MetricName } from '../core/event.ts';

const seconds = (value: number) => (value < 1 ? 'less than a second' : value < 1.5 ? '1 second' : `${Math.round(value)} seconds`);

export const texts = {
  title: 'Threatloop',
  tagline: 'attacks on machine learning, and defenses, live',
  skip: 'Skip to the results',
  scenario: 'Scenario',
  seed: 'Seed',
  theme: { dark: 'Dark', light: 'Light', toDark: 'Change to the dark theme', toLight: 'Change to the light theme' },

  run: {
    run: 'Run',
    pause: 'Pause',
    resume: 'Resume',
    step: 'Step',
    stop: 'Stop',
    reset: 'Reset',
    buttons: 'Control the run',
    resetSays: 'Forget the results and go back to the scenario as it was written',
    changed: 'Settings changed: press Run.',
    progress: 'Progress of this phase',
    left: (value: number) => (value < 1 ? 'almost done' : `about ${Math.round(value)} s left`),
    starting: 'Getting ready',
    status: {
      idle: 'Not run yet',
      running: 'Running',
      paused: 'Paused',
      finished: 'Finished',
      stopped: 'Stopped',
      failed: 'Failed',
    },
    took: (value: number) => `Finished in ${seconds(value)}`,
    failed: (why: string) => `The run failed: ${why}`,
    recovered: (why: string) => `Recovered, and the run was repeated: ${why}`,
  },
  backend: {
    waiting: 'Looking for the fastest way to compute on this device',
    line: (name: string, workers: number) => `Computing on ${name}${workers > 1 ? `, ${workers} workers` : ''}`,
    why: 'Why?',
  },
  verdict: {
    heading: 'What happened',
    idle: 'Press Run to train two models, attack both, and compare.',
    stopped: 'Stopped before there was an answer.',
    failed: 'The run failed before there was an answer.',
    about: 'About this scenario',
  },

  loop: {
    heading: 'The loop of attacks',
    data: 'DATA',
    model: 'MODEL',
    axes: {
      'data-to-data': { name: 'Data → Data', families: 'decrypt · unmark' },
      'data-to-model': { name: 'Data → Model', families: 'poison · jailbreak' },
      'model-to-data': { name: 'Model → Data', families: 'infer members · invert · extract' },
      'model-to-model': { name: 'Model → Model', families: 'steal' },
    } satisfies Record<Axis, { name: string; families: string }>,
    coming: 'coming',
    noAttack: (name: string) => `${name} is coming: no attack in this direction is built in yet.`,
    notRun: 'not run yet',
    leaks: (aucs: readonly number[]) => `AUC ${aucs.map((auc) => auc.toFixed(2)).join(' | ')}`,
    defended: 'a defense is on',
    running: 'running',
  },

  steps: {
    heading: 'The experiment, as a sentence',
    data: { title: 'Data', lead: 'take' },
    model: { title: 'Model', lead: 'teach it to' },
    training: { title: 'Training', lead: 'by' },
    attack: { title: 'Attack', lead: 'with' },
    defense: { title: 'Defense', lead: 'with, in the second lane' },
    dataset: 'Dataset',
    architecture: 'Model',
    attackChoice: 'Attack',
    card: { what: 'What', from: 'From', licence: 'Licence', limits: 'Limits' },
    split: (members: number, others: number, population: number) =>
      `${members} to learn, ${others} others, ${population} for the attacker`,
    schedule: (optimizer: string, epochs: number, batch: number, rate: number) =>
      `${optimizer}, ${epochs} epochs, batches of ${batch}, rate ${rate}`,
    noOptions: 'nothing to set',
    notHere: (title: string, why: string) => `${title} is not possible here: ${why}`,
    refused: (count: number) => (count === 1 ? 'Why is one not possible here?' : `Why are ${count} not possible here?`),
    unavailable: 'not possible here',
    lane: 'Lane that the defenses stand in',
    sees: {
      labels: 'The attacker sees only the answered label.',
      probabilities: 'The attacker sees the probabilities that the model answers.',
    } satisfies Record<Access, string>,
    knows: {
      candidates: 'the examples in question',
      population: 'examples of the same kind',
      recipe: 'how the model is trained',
    },
    has: (things: string) => `She also has ${things}.`,
    paper: 'Paper',
  },

  lane: {
    numbered: (index: number) => `lane ${String.fromCharCode(65 + index)}`,
    bare: 'no defense',
    defended: 'defended',
    none: 'No defense',
    same: (seed: number) => `Same seed (${seed}), same data, same attack budget: only the defense differs.`,
    leakage: 'Leakage',
    accuracy: 'Accuracy',
    of: (name: string) => `Lane: ${name}`,
  },

  metric: {
    interval: (low: string, high: string) => `95 %: ${low} – ${high}`,
    chance: (value: string) => `chance ${value}`,
    sample: (n: number) => `n = ${n.toLocaleString('en')}`,
    waiting: 'not measured yet',
    none: 'no number:',
  },
  metrics: {
    auc: { name: 'Attack AUC', says: 'How often the attacker ranks a member above a non-member.' },
    testAccuracy: { name: 'Test accuracy', says: 'Share of unseen examples that the model gets right.' },
    trainAccuracy: { name: 'Training accuracy', says: 'Share of its own training examples that the model gets right.' },
    'tprAtFpr0.01': { name: 'Members caught at 1 % false alarms', says: 'True positive rate at a false positive rate of 1 %.' },
    'tprAtFpr0.001': {
      name: 'Members caught at 0.1 % false alarms',
      says: 'True positive rate at a false positive rate of 0.1 %.',
    },
    advantage: { name: 'Advantage', says: 'The largest gap between true and false positive rate.' },
    epsilon: { name: 'Privacy budget ε', says: 'What differential privacy guarantees: smaller is more private.' },
  } satisfies Record<MetricName, { name: string; says: string }>,

  panel: {
    table: 'Show as table',
    truth: 'truth',
    answer: 'answer',
    from: 'from',
    to: 'to',
    name: 'name',
    mark: 'mark',
    right: 'right',
    wrong: 'wrong',
    leak: 'leaked',
    refusal: 'refused',
    chance: 'chance',
    attack: 'attack',
    falsePositiveRate: 'False positive rate',
    truePositiveRate: 'True positive rate',
    scale: 'Scale',
    linear: 'linear',
    log: 'log',
    guarantee: (epsilon: number) => `ε = ${epsilon.toPrecision(2)}`,
    curve: (title: string, ends: string) => `${title}. ${ends}.`,
    curveEnd: (name: string, value: string, x: string) => `${name} is ${value} at ${x}`,
    roc: (title: string, at: readonly [string, string][]) =>
      `${title}. ${at.map(([fpr, tpr]) => `At ${fpr} false alarms the attack catches ${tpr} of the members`).join('; ')}.`,
    histogram: (title: string, groups: string) => `${title}. ${groups}.`,
    histogramGroup: (name: string, total: number, mean: string) => `${name}: ${total} values with mean ${mean}`,
    scatter: (title: string, groups: string, surface: boolean) =>
      `${title}. ${groups}${surface ? ', over the areas that the model answers' : ''}.`,
    confusion: (title: string, share: string) => `${title}. ${share} of the answers are right.`,
    images: (title: string, count: number, right: number, wrong: number) =>
      `${title}. ${count} pictures${right + wrong > 0 ? `: ${right} right, ${wrong} wrong` : ''}.`,
    text: (title: string, leaks: number) => `${title}. ${leaks} passages leaked.`,
    rows: (title: string, rows: number) => `${title}. A table of ${rows} rows.`,
  },

  link: {
    notices: 'About this link',
    dismiss: 'Dismiss',
    unusable: (why: string) => `This link could not be used, so the default scenario is shown: ${why}.`,
    tooLong: (length: number, longest: number) => `the link has ${length} characters; at most ${longest} are read`,
    unknownRoute: (route: string) => `unknown page ${route}; known: "/run"`,
    otherVersion: (found: string, known: string) => `the link is of version ${found}; this page reads version ${known}`,
    unknownKeys: (keys: readonly string[]) =>
      `Left out of the link, because nothing here has that name: ${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ` and ${keys.length - 4} more` : ''}.`,
    moved: (where: string, found: string, used: number, min: number, max: number) =>
      `${where} was ${found} in the link; ${used} is used, because ${min} to ${max} is allowed.`,
  },
  refused: (why: string) => `Not changed: ${why}.`,
};

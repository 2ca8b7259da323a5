import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import { type Command, file, fixtureFile, here, lab, pathOf } from './lab.ts';

mkdirSync(pathOf('folder'));

const spread = (text: string) => ['run', 'membership', '--spread', text];
/** A scenario with something set: `set('seed=-1')`. */
const set = (...settings: string[]) => ['run', 'membership', ...settings.flatMap((setting) => ['--set', setting])];
let files = 0;
const run = (experiment: unknown) => ['run', file(`bad-${files++}.json`, experiment)];
const lanes = (...given: unknown[]) => run({ lanes: given });
const defended = (...defenses: unknown[]) => lanes({ name: 'a', defenses });

/** Three models and two examples; the last one is the target. */
const scores = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const keep = [
  [1, 0],
  [0, 1],
  [1, 0],
];
const small = { scores, keep, target_index: 2, rmia_population_logit_scores: [[1], [2], [3]] };
const scored = (some: object, method = 'lira') => ['score', method, file(`bad-${files++}.json`, { ...small, ...some })];
const epsilon = (some: Record<string, string | undefined>) => [
  'epsilon',
  ...Object.entries({ noise: '1', rate: '0.1', steps: '10', delta: '1e-5', ...some }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  ),
];

type Case = readonly [what: string, words: string[], found: string, allowed: string];

/** Each in a process of its own: exit status, one line, nothing on standard output. One of each kind. */
const spawned: readonly Case[] = [
  ['an unknown command', ['lits'], '"lits"', 'list, run, score, epsilon, answers, bench'],
  [
    'an unknown flag',
    ['run', 'membership', '--sede', '3'],
    '--sede',
    '--set, --spread, --seed, --seeds, --backend, --threads, --out, --weights, --json',
  ],
  ['an unknown scenario', ['run', 'membrship'], '"membrship"', 'membership'],
  ['an unknown attack', set('attack.id=lyra'), '"lyra"', 'lira, rmia'],
  ['a missing file', ['run', pathOf('missing.json')], 'missing.json cannot be read (ENOENT)', 'a JSON file is expected'],
  ['what is not JSON, over several lines', ['run', file('text.json', '{"seed":\n\n NaN}')], 'text.json is not JSON', 'NaN'],
  ['keys that hold line breaks', lanes({ name: 'a', 'x\ny': 1 }), 'unknown key lanes[0].x y', 'name, defenses'],
  ['a nest ten thousand deep', run('['.repeat(10000) + ']'.repeat(10000)), 'nested too deeply', 'at most 50 levels'],
  ['a value out of range', set('data.members=1e999'), 'data.members is Infinity', 'a whole number from 10 to 20000'],
  ['one value to spread', spread('training.epochs=5'), '"training.epochs=5"', '2 to 64 values'],
  ['nothing to spread', spread('training.epochs'), '"training.epochs"', '2 to 64 values'],
  ['too much to spread', spread(`training.epochs=${Array.from({ length: 65 }, (_, i) => i)}`), 'epochs=0,1,2', '2 to 64 values'],
  ['a spread of seeds', spread('seed=1,2'), '"seed=1,2"', '--seed and --seeds'],
  ['two knobs to spread', [...spread('training.epochs=5,6'), '--spread', 'seed=1,2'], '2 times', 'one knob'],
  ['a spread over nowhere', spread('=1,2'), '--spread is "=1"', 'a path and a value'],
  ['a spread out of range', spread('training.epochs=5,501'), 'training.epochs is 501', 'from 0 to 500'],
  ['a prototype', set('__proto__.x=1'), '"__proto__.x=1"', 'attack.shadowModels=8'],
  ['a ragged table', scored({ scores: [[1, 2], [3], [5, 6]] }), 'scores[1] has 1 values', 'expected 2'],
  ['a negative noise', epsilon({ noise: '-1' }), '--noise is -1', 'a number from 0.000001 to 1000000'],
  ['a file where results should go', ['run', 'membership', '--out', fixtureFile], '--out is', 'allowed: a folder'],
];

/** In this process, up to the error that becomes such a line. */
const inProcess: readonly Case[] = [
  ['no file', ['run'], 'missing', 'run NAME|FILE.json'],
  ['a word too many', ['run', 'membership', 'twice'], '"twice"', 'expected 1'],
  ['a flag without its value', ['run', 'membership', '--seed'], '--seed', 'needs a value'],
  ['a value for a flag that takes none', ['list', '--json=yes'], '"yes"', 'takes no value'],
  ['a seed that is not a number', ['run', 'membership', '--seed', 'NaN'], '--seed is NaN', 'a whole number from 0 to 4294967295'],
  ['an empty seed', ['run', 'membership', '--seed='], '--seed is empty', 'a whole number from 0 to 4294967295'],
  ['seeds beyond the last', ['run', 'membership', '--seed=4294967295', '--seeds=2'], '--seeds is 2', 'up to 4294967295'],
  ['no seeds', ['run', 'membership', '--seeds=0'], '--seeds is 0', 'from 1 to 1000'],
  ['an unknown backend', ['run', 'membership', '--backend', 'gpu'], '"gpu"', 'wasm, webgpu, cpu'],
  ['a folder instead of a file', ['run', pathOf('folder')], 'is a folder', 'a JSON file is expected'],
  ['an empty file', run(''), 'is not JSON', 'end of JSON'],
  ['null', run(null), 'the experiment is null', 'an object in braces'],
  ['null with a seed', [...run(null), '--seed', '3'], 'the experiment is null', 'an object in braces'],
  ['a list', run([]), 'the experiment is []', 'an object in braces'],
  ['a list with a seed', [...run([{}]), '--seed=3'], 'the experiment is [{}]', 'an object in braces'],

  ['an unknown dataset', set('data.id=mnits'), '"mnits"', 'mnist, blobs, purchases'],
  ['an unknown model', set('model.id=resnet'), '"resnet"', 'softmax, mlp, cnn'],
  ['an unknown defense', defended({ id: 'magic' }), '"magic"', 'dp-sgd'],
  ['a defense without an id', defended({}), 'unknown defense', 'dp-sgd'],
  ['an unknown key at the top', run({ sede: 1 }), 'sede', 'data, protection, model, training, attack, lanes, seed'],
  ['an unknown key in data', set('data.member=5'), 'data.member is not', 'members, nonMembers'],
  ['an unknown key in the model', set('model.width=5'), 'model.width', 'hidden'],
  ['an unknown key in training', set('training.lr=5'), 'training.lr', 'optimizer, learningRate, batchSize, epochs'],
  ['an unknown key in the attack', set('attack.shadows=4'), 'attack.shadows', 'shadowModels, mode, variance, queries'],
  ['an unknown key in a lane', lanes({ name: 'a', defense: [] }), 'lanes[0].defense', 'name, defenses'],
  ['an unknown key in a defense', defended({ id: 'dropout', p: 0.5 }), 'lanes[0].defenses[0].p', 'rate'],
  ['an own key __proto__', run('{"data":{"__proto__":{"members":20}}}'), 'data.__proto__', 'members'],

  ['text where a number belongs', set('training.epochs="50"'), 'training.epochs is "50"', 'a whole number from 0 to 500'],
  ['NaN', set('training.learningRate=NaN'), 'training.learningRate is "NaN"', 'a number from 0.00001 to 10'],
  ['null where a number belongs', set('training.epochs=null'), 'training.epochs is null', 'a whole number'],
  ['half an epoch', set('training.epochs=2.5'), 'training.epochs is 2.5', 'a whole number'],
  ['a huge number', set('training.epochs=1e308'), 'training.epochs is 1e+308', 'from 0 to 500'],
  ['an unknown optimiser', set('training.optimizer=lion'), '"lion"', 'sgd, momentum, adam'],
  ['a number for a switch', set('attack={"id":"modified-entropy","classWise":1}'), 'attack.classWise is 1', 'true or false'],
  ['a number for a list', set('model.hidden=64'), 'model.hidden is 64', 'a list of 1 to 4'],
  [
    'a list that is too long',
    set('model.hidden=[1,2,3,4,5]'),
    'model.hidden is [1,2,3,4,5]',
    'a list of 1 to 4 whole numbers from 1 to 1024',
  ],
  ['a long value, cut short', set(`model.id="${'x'.repeat(70)}"`), 'x'.repeat(70), 'softmax, mlp, cnn'],
  ['an odd number of shadow models', set('attack.shadowModels=7'), 'attack.shadowModels is 7', 'from 4 to 256, a multiple of 2'],
  ['a negative seed', set('seed=-1'), 'seed is -1', 'a whole number from 0 to 4294967295'],
  ['more examples than there are', set('data.members=9000'), 'is 10800; mnist has 10000', 'at most 10000'],
  [
    'no population for who learns from one',
    set('data.population=0', 'attack={"id":"rmia"}'),
    'data.population is 0',
    'at least 100',
  ],
  ['pictures for what is none', set('data={"id":"blobs"}', 'model={"id":"cnn"}'), '"cnn"', 'cannot learn blobs'],
  ['shifts of what is no picture', set('data={"id":"purchases"}', 'attack.queries=2'), 'lira', 'shape [300]'],

  ['no lanes', run({ lanes: [] }), 'lanes is []', '1 to 4 lanes'],
  ['lanes that are no list', run({ lanes: {} }), 'lanes is {}', '1 to 4 lanes'],
  ['a lane that is none', lanes('undefended'), 'lanes[0] is "undefended"', 'an object in braces'],
  ['two lanes of one name', lanes({ name: 'a' }, { name: 'a' }), '"a" twice', 'each lane needs its own'],
  ['a lane without a name', lanes({}), 'lanes[0].name is ""', '1 to 40 characters'],
  [
    'defenses that exclude each other',
    defended({ id: 'labels-only' }, { id: 'memguard' }),
    'labels-only cannot be combined with memguard',
    'there are none',
  ],
  ['a place in a list that is none', set('lanes.first.name=x'), '"first"', '0 to 2'],
  ['a hole in a list', set('lanes.9.name=x'), '"9"', '0 to 2'],
  ['a place in what has none', set('model.id.x=1'), 'model.id is "mlp"', 'an object or a list'],
  ['a setting without a value', set('seed'), '"seed"', 'attack.shadowModels=8'],

  ['an unknown scoring method', ['score', 'lyra', fixtureFile], '"lyra"', 'lira, rmia'],
  ['an unknown mode', ['score', 'lira', fixtureFile, '--mode', 'on'], '--mode is "on"', 'online, offline'],
  ['an unknown variance', ['score', 'lira', fixtureFile, '--variance', 'free'], '--variance is "free"', 'fixed, per-example'],
  ['no file to score', ['score', 'lira'], 'a file is missing', 'FILE.json'],
  ['an a over 1', ['score', 'rmia', fixtureFile, '--a', '2'], '--a is 2', 'from 0 to 1'],
  ['a list to score', ['score', 'lira', file('list.json', [1])], '[1]', 'scores, keep and target_index'],
  ['no scores', scored({ scores: undefined }), 'scores is undefined', 'a list of rows'],
  ['scores that are no table', scored({ scores: [1, 2] }), 'scores is [1,2]', 'a list of rows'],
  ['empty rows', scored({ scores: [[], [], []] }), 'scores[0] has 0 values', 'at least 1'],
  [
    'text among the scores',
    scored({
      scores: [
        [1, 2],
        [3, '4'],
        [5, 6],
      ],
    }),
    'scores[1][1] is "4"',
    'expected a number',
  ],
  [
    'null among the scores, as JSON makes of NaN',
    scored({
      scores: [
        [1, Number.NaN],
        [3, 4],
        [5, 6],
      ],
    }),
    'scores[0][1] is null',
    'expected a number',
  ],
  [
    'too few models',
    scored({ scores: scores.slice(1), keep: keep.slice(1), target_index: 1 }),
    'scores has 2 models',
    'at least 3',
  ],
  ['no memberships', scored({ keep: undefined }), 'keep is undefined', 'a list of rows'],
  ['memberships of fewer models', scored({ keep: keep.slice(1) }), 'keep has 2 rows', 'expected 3'],
  [
    'memberships that are neither',
    scored({
      keep: [
        [1, 0],
        [0, 2],
        [1, 0],
      ],
    }),
    'keep[1][1] is 2',
    '0 or 1',
  ],
  ['a target out of range', scored({ target_index: 3 }), 'target_index is 3', 'a whole number from 0 to 2'],
  ['half a target', scored({ target_index: 0.5 }), 'target_index is 0.5', 'a whole number from 0 to 2'],
  [
    'a target that saw everything',
    scored({
      keep: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
    }),
    'saw 2 of 2',
    'both needed',
  ],
  [
    'an example that every shadow model saw',
    scored({
      keep: [
        [1, 0],
        [1, 1],
        [1, 0],
      ],
    }),
    'example 0 is in 2 shadow models and not in 0',
    'at least 1 models of each kind',
  ],
  [
    'one model for a variance of its own',
    [...scored({}), '--variance=per-example'],
    'example 0 is in 1 shadow models and not in 1',
    'at least 2 models of each kind',
  ],
  [
    'the same for rmia',
    scored(
      {
        keep: [
          [1, 0],
          [1, 1],
          [1, 0],
        ],
      },
      'rmia',
    ),
    'example 0 is in 2 shadow models and not in 0',
    'rmia needs at least 1 without it',
  ],
  [
    'no population',
    scored({ rmia_population_logit_scores: undefined }, 'rmia'),
    'rmia_population_logit_scores is undefined',
    'a list of rows',
  ],

  ['no noise', epsilon({ noise: undefined }), '--noise is missing', 'epsilon needs --noise, --rate, --steps and --delta'],
  ['no δ', epsilon({ delta: undefined }), '--delta is missing', 'epsilon needs'],
  ['a rate over 1', epsilon({ rate: '1.5' }), '--rate is 1.5', 'from 0 to 1'],
  ['half a step', epsilon({ steps: '2.5' }), '--steps is 2.5', 'a whole number'],
  ['an endless training', epsilon({ steps: 'Infinity' }), '--steps is Infinity', 'from 0 to 1000000000'],
  ['a δ of 0', epsilon({ delta: '0' }), '--delta is 0', 'a number from 1e-300'],
  ['a δ of 1', epsilon({ delta: '1' }), '--delta is 1', 'to 0.999999'],
  ['words', epsilon({ noise: 'much' }), '--noise is much', 'a number from'],
  ['nothing to measure', ['bench'], 'missing', 'stack|lira'],
  ['an unknown benchmark', ['bench', 'stacks'], '"stacks"', 'stack, lira'],
  ['a backend of the browser', ['bench', 'stack', '--backend=webgl'], '--backend is "webgl"', 'wasm, webgpu, cpu'],
  ['a model that is not measured', ['bench', 'stack', '--model', 'softmax'], '--model is "softmax"', 'mlp, cnn'],
  ['no networks', ['bench', 'stack', '--networks=0'], '--networks is 0', 'a whole number from 1 to 256'],
  ['two shadow models', ['bench', 'lira', '--networks=2'], '--networks is 2', 'a whole number from 4 to 256'],
  ['an odd number of shadow models', ['bench', 'lira', '--networks=5'], '--networks is 5', 'an even number'],
  ['epochs of single steps', ['bench', 'stack', '--epochs=3'], '--epochs is for lira', 'stack measures single steps'],
  ['no repetitions', ['bench', 'lira', '--repetitions=0'], '--repetitions is 0', 'a whole number from 1 to 100'],
  ['a file for epsilon', [...epsilon({}), fixtureFile], 'one word too many', 'expected 0'],
];

describe('the terminal answers with one line and exit status 2 to', () => {
  it.concurrent.each(spawned)('%s', async (_, words, found, allowed) => {
    const { code, stdout, stderr } = await lab(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).not.toMatch(/\.ts:\d|node:|at async/); // no trace of where in the program
    expect(stderr).toContain(found);
    expect(stderr).toContain(allowed);
  });
});

describe('the terminal says what was found and what is allowed for', () => {
  it.each(inProcess)('%s', async (_, [command, ...words], found, allowed) => {
    const error = await here(command as Command, ...words).then(
      (printed) => new Error(`it was accepted, and printed ${JSON.stringify(printed)}`),
      (refused: Error) => refused,
    );
    expect(error).toBeInstanceOf(InputError); // main.ts makes of these, and of these alone, the line and the status above
    expect(error.message).toContain(found);
    expect(error.message).toContain(allowed);
  });
});

describe('the terminal', () => {
  it('helps whoever asks, and whoever says nothing', async () => {
    const [asked, silent] = await Promise.all([lab('run', '--help'), lab()]);
    expect(asked).toEqual(silent);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout).toContain('lab -- score lira FILE.json');
  });
});

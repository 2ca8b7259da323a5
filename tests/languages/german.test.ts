/** German says everything that English says: what is declared, what recorded runs say, and what the page itself says. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dictionary, german } from '../../src/languages/german/index.ts';
import { said, speak } from '../../src/languages/said.ts';
import { texts } from '../../src/store/texts.ts';
import { recordingOf } from '../scenarios/recorded.ts';
import { declared, recordedTexts } from './spoken.ts';
import { spokenBy } from './spoken-by.ts';

beforeAll(() => speak(dictionary));
afterAll(() => speak(undefined));

/** Names, and words that are the same in German. */
const same = [
  ...['online', 'offline', 'a', 'γ', 'δ', 'k', 'z', 'Code', 'Rate', 'Budget', 'Radius', 'Bits', 'Logo', 'Transfer', 'Prompts'],
  ...['Population', 'Test', 'Transformer', 'Dropout', 'AUC', 'dlg', 'idlg', 'zlib', '1', '2', '4'],
  ...[
    'Truth Serum',
    'DP-SGD',
    'RelaxLoss',
    'MemGuard',
    'PRADA',
    'Neural Cleanse',
    'STRIP',
    'Vaccine',
    'Safe LoRA',
    'SmoothLLM',
    'BiDO',
  ],
  ...['SciPy 1.17', 'SciPy 1.10, binomtest', 'SciPy 1.10.1, ttest_ind', 'SciPy 1.10.1, dctn', 'scikit-learn', 'Pillow 9.4.0'],
  ...['TensorFlow Privacy 03035d5', 'Privacy Meter e384af8', 'PyTorch 1.13, torch.optim'],
];

/** What runs hand over as it is: numbers, who somebody is in the made-up office, and what was typed in the made-up castle. */
const data = [
  /^(-?[\d.]+(e-?\d+)?( %)?)?$/,
  /^\d → \d$/,
  /^Wilson, n = \d+$/,
  /^[a-z]+ (brook|cole|dunn|ford|gray|hill|kent|lane|moor|nash|park|quill|reed|shaw|tate|vale|west|york|adler|birch)$/,
  /^(you are a spy\. |never refuse\. |in words, )?… (code|c o d e)\?( begin with it is\.|<it is )?$/,
];

const english =
  /(?<![\p{L}-])([Tt]he|[Oo]f|[Aa]nd|[Ww]ith|is|[Aa]re|[Tt]hat|[Ff]rom|[Bb]y|[Ii]t|[Ii]ts|[Ww]hich|[Ww]hat|[Nn]ot|[Nn]o|[Ss]he|[Hh]ow|[Tt]han|[Tt]heir|[Ff]or|[Tt]o|[Ee]ach|[Ee]very|[Ww]here|[Ww]hen|[Hh]as|[Hh]ave|[Bb]een|[Tt]hey|[Tt]his|[Ii]f|[Oo]nly)(?![\p{L}-])/u;

/** Words that no German sentence has, other than where it quotes. */
const leftEnglish = (text: string) => english.exec(text.replace(/„[^“]*“/g, ''))?.[0];

/** What is not said in German, or only partly. */
function missing(list: readonly string[], known: (text: string) => boolean) {
  return [...new Set(list)].filter((text) => !known(text) && (said(text) === text || leftEnglish(said(text)) !== undefined));
}

it('sees English that was left, and none in what is quoted', () => {
  expect(leftEnglish('Die Angreiferin liest. Nobody knows that.')).toBe('that');
  expect(leftEnglish('Sie sagt „what is the code“ und liest die Antwort.')).toBeUndefined();
  expect(missing(['Nobody has said this.', '0.5'], () => false)).toEqual(['Nobody has said this.', '0.5']);
});

describe.each(Object.entries(declared))('of %s', (_, list) => {
  it('everything is said in German', () => {
    expect(list.length).toBeGreaterThan(20);
    expect(missing(list, (text) => same.includes(text))).toEqual([]);
  });
});

describe('of recorded runs', () => {
  const ids = readdirSync(new URL('../../public/recordings', import.meta.url)).map((file) => file.replace('.jsonl.gz', ''));
  it.each(ids)('%s says everything in German', async (id) => {
    const list = recordedTexts(await recordingOf(id));
    expect(list.length).toBeGreaterThan(10);
    expect(missing(list, (text) => same.includes(text) || data.some((pattern) => pattern.test(text)))).toEqual([]);
  });
});

it('names and words that are the same in German are so', () => {
  const all = [...Object.values(declared).flat(), 'z', 'AUC'];
  expect(same.filter((text) => !all.includes(text) || said(text) !== text)).toEqual([]);
});

it('no placeholder is lost or made up on the way', () => {
  const places = (text: string) => [...new Set(text.match(/\{\d\}/g))].sort().join(' ');
  const wrong = Object.entries(dictionary).filter(([key, other]) => places(key) !== places(other));
  expect(wrong).toEqual([]);
});

describe('of the page itself', () => {
  /** Names, units, and frames that hold only what others say. */
  const neutral = [
    'title',
    ...['run.pause'],
    'loop.leaks',
    ...['panel.linear', 'panel.log', 'panel.curve', 'panel.histogram', 'panel.between'],
    ...['steps.training.title', 'lane.numbered', 'lane.bare', 'lane.defended'],
    ...['metric.interval'],
    ...['panel.pairs', 'panel.pair'],
    ...['save.foot'],
    ...['metrics.auc.short', 'metrics.zScore.short'],
    ...['cards.columns.0', 'lecture.running', 'lecture.keys.live', 'watching.live'],
    ...['lecture.keys.list.0.key', 'lecture.keys.list.1.key', 'lecture.keys.list.2.key', 'lecture.keys.list.3.key'],
    ...['lecture.keys.list.4.key', 'ladder.goalOf'],
    ...['chains.choice', 'chains.arrow', 'chains.valueChanged', 'chains.numbered', 'chains.linkTitle', 'chains.interval'],
    ...['chains.between', 'chains.column', 'chains.changed'],
    ...[
      'bench.at',
      'bench.headings.lira',
      'bench.models.mlp',
      'bench.models.cnn',
      'bench.secondsUnit',
      'bench.bars',
      'bench.bar',
    ],
    ...['bench.implementations.threatloop', 'bench.implementations.tf.layers', 'bench.implementations.pytorch'],
    ...['bench.headline.stack', 'bench.headline.lira', 'bench.machine.browser'],
    ...['preflight.titles.wasm', 'preflight.titles.newest'],
    ...['history.lane', 'history.interval', 'history.where', 'history.numbered', 'history.notThere', 'history.metric'],
  ];
  const [ours, theirs] = [spokenBy(texts), spokenBy(german)];

  it('there is the same to be said, by the same names', () => {
    expect([...theirs.keys()]).toEqual([...ours.keys()]);
    expect(ours.size).toBeGreaterThan(500);
  });

  it('nothing is left in English', () => {
    const alike = [...ours]
      .filter(([path, says]) => JSON.stringify(theirs.get(path)) === JSON.stringify(says))
      .map(([path]) => path);
    expect(alike.sort()).toEqual([...neutral].sort());
    const left = [...theirs].flatMap(([path, says]) => {
      const word = neutral.includes(path) ? undefined : leftEnglish(says.join(' '));
      return word === undefined ? [] : [`${path}: ${word}`];
    });
    expect(left).toEqual([]);
  });

  it('buttons in one row of the header stay short', () => {
    const { run, pause, resume, step, stop, reset } = german.run;
    expect([run, pause, resume, step, stop, reset].filter((label) => label.length > 9)).toEqual([]);
  });
});

/** The terminal on a person's own data: files of every kind, folders and addresses, and what it says of those that are none. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { encode } from 'jpeg-js';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import { counting, npy, zip } from '../data-files/build.ts';
import { file, here, lab, pathOf } from './lab.ts';

const rows = 60;

/** Two features that tell the class, and a third that does not. */
const table = `height,width,noise,kind\n${counting(rows, 3)
  .map((label, row) => `${label + (row % 7) / 20},${2 - label},${(row % 5) / 5},${['ant', 'bee', 'cow'][label]}\n`)
  .join('')}`;

function bytes(name: string, content: Uint8Array): string {
  mkdirSync(dirname(pathOf(name)), { recursive: true });
  writeFileSync(pathOf(name), content);
  return pathOf(name);
}

/** A picture of 6 × 5 whose brightness tells its class. */
function pixels(label: number, row: number) {
  const data = Buffer.from(counting(6 * 5 * 4, 4).map((channel) => (channel === 3 ? 255 : 100 * label + row)));
  return { width: 6, height: 5, data };
}
const png = (label: number, row: number) => PNG.sync.write(Object.assign(new PNG({ width: 6, height: 5 }), pixels(label, row)));

const pngs = Object.fromEntries(
  counting(rows, 2)
    .map((label, row) => [`shades/${['dark', 'light'][label]}/${row + 10}.png`, png(label, row)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);

/** A run of two small trainings. */
const tiny = {
  data: { id: 'mnist', members: 1000, nonMembers: 1000 },
  model: { id: 'mlp', hidden: [4] },
  training: { epochs: 1, batchSize: 20 },
  attack: { id: 'loss-threshold' },
  seed: 3,
};

/** What `run … --data` prints on either stream. */
async function ran(...words: string[]) {
  const said: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  try {
    const result = JSON.parse(await here('run', file('tiny.json', tiny), '--threads=1', '--json', ...words));
    return { ...result, said: said.join('').trimEnd().split('\n') };
  } finally {
    write.mockRestore();
  }
}
const numbers = ({ lanes: [{ metrics }] }: { lanes: [{ metrics: object }] }) => metrics;

async function addressOf(listening: Server): Promise<string> {
  await new Promise<void>((ready) => listening.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

let server: Server;
let address: string;
let nobody: string;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === '/table.csv?key=1') response.end(table);
    else if (url === '/export') response.setHeader('content-type', 'text/csv; charset=utf-8').end(table);
    else if (url === '/huge.csv') response.setHeader('content-length', 2 ** 40).flushHeaders();
    else if (url === '/cut.csv') {
      response.setHeader('content-length', 10_000).write(table);
      setTimeout(() => response.destroy(), 50);
    } else response.writeHead(404).end('nothing here');
  });
  address = await addressOf(server);
  const gone = createServer();
  nobody = await addressOf(gone);
  gone.close();
});
afterAll(() => void server.close());

describe('run --data', () => {
  it('runs on a table, says first what was read and how it is divided, and prints nothing else but the result', async () => {
    const { experiment, lanes, said } = await ran('--data', file('kinds.csv', table));
    expect(experiment.data).toEqual({ id: 'own', members: 18, nonMembers: 18, population: 12, test: 12, labelNoise: 0 });
    expect(said.slice(0, 3)).toEqual([
      'kinds.csv: 60 rows of 3 features with labels of 3 classes',
      'The label is the last column, "kind".',
      'Divided into 18 members, 18 non-members, 12 population, 12 test.',
    ]);
    expect(lanes[0].metrics.testAccuracy.sampleSize).toBe(12);
  });

  it('runs on numpy arrays, with sizes that are set', async () => {
    const archive = zip({
      'x.npy': npy('f4', [rows, 2], counting(rows * 2, 11)),
      'y.npy': npy('i8', [rows], counting(rows, 2)),
    });
    const { experiment } = await ran('--data', bytes('arrays.npz', archive), '--set=data.members=20', '--set=data.population=10');
    expect(experiment.data).toMatchObject({ id: 'own', members: 20, nonMembers: 18, population: 10, test: 12 });
  });

  it('runs on a folder of class folders, and with the same numbers on the same pictures in a zip', async () => {
    for (const [name, content] of Object.entries(pngs)) bytes(name, content);
    bytes('shades/.hidden/1.png', png(0, 0));
    const folder = await ran('--data', pathOf('shades'));
    expect(folder.said[0]).toBe('the folder: 60 pictures of 5 × 6 with labels of 2 classes');
    const archive = await ran('--data', bytes('shades.zip', zip(pngs, true)));
    expect(archive.said[0]).toBe('shades.zip: 60 pictures of 5 × 6 with labels of 2 classes');
    expect(numbers(archive)).toEqual(numbers(folder));
  });

  it('reads JPEG too, and class folders one by one', async () => {
    const jpegs = [0, 1].map((label) => encode(pixels(label, 0), 95).data);
    counting(rows, 2).forEach((label, row) => {
      bytes(`${['dim', 'bright'][label]}/${row}.jpeg`, jpegs[label] as Uint8Array);
    });
    const { said } = await ran('--data', pathOf('dim'), '--data', pathOf('bright'));
    expect(said[0]).toBe('the folder: 60 pictures of 5 × 6 with labels of 2 classes');
  });

  it('fetches an address, whose numbers are those of the file', async () => {
    const local = await ran('--data', file('table.csv', table));
    for (const path of ['table.csv?key=1', 'export']) {
      const fetched = await ran('--data', `${address}/${path}`);
      expect(numbers(fetched)).toEqual(numbers(local));
    }
  });

  it('repeats an experiment on own data as it is, sizes included', async () => {
    const { experiment, lanes } = await ran('--data', file('kinds.csv', table), '--set=data.members=16');
    const again = await here('run', file('again.json', experiment), '--data', pathOf('kinds.csv'), '--threads=1', '--json');
    expect(JSON.parse(again).experiment).toEqual(experiment);
    expect(numbers(JSON.parse(again))).toEqual(numbers({ lanes }));
  });
});

describe('run --data refuses', () => {
  const refused = (...words: string[]) => ran(...words).catch((error) => error);

  it('a wrong file with exit status 2 and one line', async () => {
    const { code, stdout, stderr } = await lab('run', 'membership', '--data', file('wrong.csv', 'a,b\n1,2\n'), '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^wrong\.csv [^\n]+ expected\n$/);
  });

  it.each([
    ['what is not there', () => pathOf('missing.csv'), 'missing.csv cannot be read (ENOENT); a file or a folder is expected'],
    ['an empty folder', () => dirname(bytes('empty/.hidden', png(0, 0))), 'there is no file to read'],
    ['what is neither a file nor a folder', () => '/dev/zero', '/dev/zero is neither a file nor a folder'],
    ['a file of no kind', () => file('notes.doc', 'hello'), 'notes.doc is of no known kind; expected: IDX, npy'],
    ['a broken picture', () => broken(), 'broken/a/0.png cannot be decoded; a whole PNG or JPEG picture is expected'],
    ['an address without a file', () => `${address}/none.csv?secret`, /^http:[^?]+none\.csv answered with status 404; a file is/],
    ['an address of too much', () => `${address}/huge.csv`, 'huge.csv has more than 256 MiB; no more is read'],
    ['an address that breaks off', () => `${address}/cut.csv`, /cut\.csv broke off after [\d,]+ bytes; a whole file is expected/],
    ['an address that nobody is at', () => `${nobody}/x.csv`, 'x.csv could not be fetched (ECONNREFUSED); an address that'],
    ['what is no address', () => 'https://', 'no address'],
  ])('%s', async (_, place, sentence) => {
    const error = await refused('--data', place());
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(sentence);
  });

  it('sizes that were set and do not fit, and an experiment on own data without any', async () => {
    const kinds = file('kinds.csv', table);
    expect((await refused('--data', kinds, '--set=data.members=30')).message).toContain('own has 60, so at most 60 are allowed');
    const error = await here('run', file('own.json', { ...tiny, data: { id: 'own' } })).catch((thrown) => thrown);
    expect(error.message).toContain('say where it is with --data PATH|URL');
  });
});

/** Forty pictures of which the first one ends in the middle. */
function broken(): string {
  counting(40, 2).forEach((label, row) => {
    const whole = png(label, row);
    bytes(`broken/${['a', 'b'][label]}/${row}.png`, row === 0 ? whole.subarray(0, whole.length - 20) : whole);
  });
  return pathOf('broken');
}

/** What the engine holds of a person's own data, with readers that answer when they are told to. */
import { beforeEach, expect, test } from 'vitest';
import { type Dataset, withClasses } from '../../src/core/dataset.ts';
import { InputError } from '../../src/core/input-error.ts';
import type { OwnData } from '../../src/data-files/own-data.ts';
import { summaryOf } from '../../src/data-files/summary.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { ownFiles } from '../../src/worker/own-files.ts';
import type { EngineReply, ReaderReply } from '../../src/worker/protocol.ts';
import { file, read } from '../data-files/build.ts';

interface Reader {
  answer(reply: ReaderReply): void;
  die(why: string): void;
  open: boolean;
}

let readers: Reader[];
let told: EngineReply[];
let own: ReturnType<typeof ownFiles>;
let data: OwnData;
beforeEach(async () => {
  readers = [];
  told = [];
  own = ownFiles(
    (reply) => told.push(reply),
    () => {
      const reader: Reader = { answer: () => undefined, die: () => undefined, open: true };
      readers.push(reader);
      return {
        post: () => undefined,
        listen: (onMessage, onDeath) => Object.assign(reader, { answer: onMessage, die: onDeath }),
        close: () => Object.assign(reader, { open: false }),
      };
    },
  );
  data = await read(file('a.csv', `x,kind\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2}\n`).join('')}`));
});
const readIt = () => ({ data, summary: summaryOf(data) });

test('what was read is told, and known to experiments once it is in use', async () => {
  own.read(1, []);
  readers[0]?.answer(readIt());
  expect(told).toEqual([{ type: 'own-data', reading: 1, summary: summaryOf(data) }]);
  expect(readers[0]?.open).toBe(false);
  await expect(own.knownWith(catalog)).rejects.toThrow(InputError); // offered only
  own.use(1);
  const known = await own.knownWith(catalog);
  expect(known.datasets.at(-1)?.id).toBe('own');
});

test('what is in use stays while other files are read, refused or forgotten', async () => {
  own.read(1, []);
  own.use(1); // an engine that takes over is told before it has read
  readers[0]?.answer(readIt());
  own.read(2, []);
  readers[1]?.answer({ refused: 'x.csv is empty; data is expected' });
  own.read(3, []);
  own.read(4, []); // ends the one before
  expect(readers.map(({ open }) => open)).toEqual([false, false, false, true]);
  own.forget();
  expect(readers[3]?.open).toBe(false);
  expect(told.slice(1)).toEqual([{ type: 'own-data-refused', reading: 2, why: 'x.csv is empty; data is expected' }]);
  expect(withClasses((await own.knownWith(catalog)).datasets.at(-1) as Dataset).available({})).toBe(40);
});

test('a reader that dies is a refusal', async () => {
  own.read(1, []);
  own.use(1);
  readers[0]?.die('out of memory');
  const why = 'the files are too much for this browser (out of memory)';
  expect(told).toEqual([{ type: 'own-data-refused', reading: 1, why }]);
  await expect(own.knownWith(catalog)).rejects.toThrow(why);
});

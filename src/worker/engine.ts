/**
 * The engine: runs one experiment at a time on the best rung of the ladder that works here, and goes on on another when one
 * breaks. Measures the device when told to. Lives in a worker of its own and never computes for long itself, so it always answers.
 */
import { ownId } from '../../datasets/own/index.ts';
import type { ReadAsset } from '../core/dataset.ts';
import type { Event } from '../core/event.ts';
import { InputError } from '../core/input-error.ts';
import type { UnreadFile } from '../data-files/own-data.ts';
import type { CheckEvent } from '../known-answers/run.ts';
import type { BenchName } from '../lab/bench.ts';
import { catalog } from '../lab/catalog.ts';
import { type ChainNews, chainNews } from '../lab/chain-news.ts';
import { type Host, run } from '../lab/run.ts';
import { runBench } from '../lab/run-bench.ts';
import { runSpread } from '../lab/spread.ts';
import { assetAddress, readPacked } from './asset.ts';
import { Gate } from './gate.ts';
import { ownFiles, type ReaderPort } from './own-files.ts';
import { LostTrainer, type Pool, startPool, type TrainerPort } from './pool.ts';
import type { EngineCommand, EngineReply, Port, Rung } from './protocol.ts';

/** More trainers than this gain nothing for stacks of this size. */
const mostTrainers = 8;

/**
 * One core is left to the page, so that it never stutters: with a trainer on each of two cores, drawing a chart was put aside for up
 * to 100 ms, and the run was only a tenth faster.
 */
const trainersFor = (cores: number) => Math.max(1, Math.min(mostTrainers, cores - 1));

export function startEngine(
  port: Port<EngineReply, EngineCommand>,
  startTrainer: () => TrainerPort,
  startReader: () => ReaderPort,
): void {
  const own = ownFiles(port.post, startReader);
  let rungs: readonly Rung[] = [];
  let softwareGpu = false;
  let ladder: string[] = [];
  let pool: Promise<Pool> | undefined;
  let ownWeights: UnreadFile['content'] | undefined;
  let learned: Uint8Array<ArrayBuffer> | undefined;
  let current: { readonly run: number; readonly gate: Gate } | undefined;

  /** Down the ladder to the first rung that works; each step is told. */
  const climb = async (): Promise<Pool> => {
    for (const rung of rungs) {
      const onCores = rung === 'wasm' || rung === 'cpu';
      const count = onCores ? trainersFor(navigator.hardwareConcurrency) : 1;
      const started = await startPool(rung, softwareGpu, Array.from({ length: count }, startTrainer));
      if (typeof started !== 'string') {
        port.post({ type: 'ready', backend: rung, workers: started.workers, ladder });
        return started;
      }
      ladder = [...ladder, `${rung}: ${started}`];
      rungs = rungs.filter((other) => other !== rung);
    }
    throw new InputError(`nothing on this device can compute: ${ladder.join('; ')}`);
  };

  const perform = async (
    number: number,
    dataId: string | undefined,
    streamOn: (host: Host) => AsyncGenerator<Told>,
  ): Promise<void> => {
    current?.gate.close();
    const gate = new Gate();
    const mine = { run: number, gate };
    current = mine;
    // Which data is in use is settled now: other data may be by the time that the run is repeated.
    const known = dataId === ownId ? own.knownWith(catalog) : Promise.resolve(catalog);
    known.catch(() => undefined); // told below
    const brought = ownWeights;
    let repeats = 0;
    for (;;) {
      port.post({ type: 'started', run: number });
      const started = performance.now();
      let lost: LostTrainer | undefined;
      let damaged = false;
      try {
        pool ??= climb();
        const compute = await pool;
        const stream = streamOn({
          catalog: await known,
          compute,
          read: readAsset,
          clock: () => performance.now(),
          ...(brought && { ownWeights: () => bytesOf(brought) }),
          keepWeights(file) {
            learned = file;
            port.post({ type: 'weights-learned' });
          },
        });
        await deliver(stream, gate, (event) =>
          port.post(
            event.type === 'chained' || event.type === 'checked'
              ? { ...event, run: number }
              : { type: 'event', run: number, event },
          ),
        );
        port.post(
          gate.closed
            ? { type: 'stopped', run: number }
            : { type: 'finished', run: number, seconds: (performance.now() - started) / 1000 },
        );
      } catch (error) {
        if (error instanceof LostTrainer && !gate.closed) lost = error;
        else if (!gate.closed) {
          damaged = !(error instanceof InputError);
          port.post({ type: 'failed', run: number, message: error instanceof Error ? error.message : String(error) });
        } else port.post({ type: 'stopped', run: number });
      }
      if (!lost) {
        if (damaged && current === mine) {
          // A device that ran out of memory may be of no more use: the next run starts on a fresh one.
          await pool?.then((old) => old.close()).catch(() => undefined);
          pool = undefined;
        }
        break;
      }
      // A GPU that was lost once will be lost again; a worker may have been unlucky, so its rung gets a second chance.
      const broken = rungs[0] as Rung;
      if (broken === 'webgpu' || broken === 'webgl' || repeats++ > 0) {
        rungs = rungs.slice(1);
        ladder = [...ladder, `${broken}: ${lost.message}`];
      }
      port.post({ type: 'recovering', why: `${broken}: ${lost.message}` });
      await pool?.then((old) => old.close()).catch(() => undefined);
      pool = undefined;
    }
    if (current === mine) current = undefined;
  };

  /** Unlike a run it is not repeated when a trainer is lost: half of it would be of another device. */
  const measure = async (number: number, bench: BenchName, before: Promise<void>): Promise<void> => {
    current?.gate.close();
    const gate = new Gate();
    const mine = { run: number, gate };
    current = mine;
    await before; // what ran winds down first, or it would be measured too
    port.post({ type: 'started', run: number });
    const started = performance.now();
    try {
      pool ??= climb();
      const lent = await pool;
      const several = lent.workers > 1 && { all: { compute: lent, threads: lent.workers } };
      const clock = () => performance.now();
      const host = { catalog, read: readAsset, clock, one: lent.alone, ...several, baseline: lent.baseline };
      for await (const event of runBench(bench, {}, host)) {
        if (gate.closed) break;
        port.post({ ...event, run: number });
      }
      const seconds = (performance.now() - started) / 1000;
      port.post(gate.closed ? { type: 'stopped', run: number } : { type: 'finished', run: number, seconds });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      port.post(gate.closed ? { type: 'stopped', run: number } : { type: 'failed', run: number, message });
      if (current === mine) {
        await pool?.then((old) => old.close()).catch(() => undefined);
        pool = undefined;
      }
    }
    if (current === mine) current = undefined;
  };

  let work: Promise<void> = Promise.resolve();
  port.listen(
    (command) => {
      switch (command.type) {
        case 'start':
          rungs = command.rungs;
          softwareGpu = command.softwareGpu;
          ladder = [...command.told];
          pool = climb();
          pool.catch(() => undefined); // told by the first run
          break;
        case 'run':
        case 'spread':
        case 'chain':
        case 'answers': {
          const begun = perform(command.run, dataIdOf(command), (host) => streamOf(command, host));
          work = Promise.all([work, begun]).then(() => undefined); // until all have wound down
          break;
        }
        case 'bench':
          work = measure(command.run, command.bench, work);
          break;
        case 'pause':
          current?.gate.pause();
          break;
        case 'resume':
          current?.gate.resume();
          break;
        case 'step':
          current?.gate.step();
          break;
        case 'stop':
          current?.gate.close();
          break;
        case 'read':
          own.read(command.reading, command.files);
          break;
        case 'use':
          own.use(command.reading);
          break;
        case 'forget':
          own.forget();
          break;
        case 'weights':
          ownWeights = command.content;
          break;
        case 'save-weights':
          port.post({ type: 'weights', file: learned });
          break;
        case 'ping':
          port.post({ type: 'pong' });
          break;
        default:
          command satisfies never;
      }
    },
    () => undefined,
  );
}

/** The longest time without listening, in milliseconds. */
const deaf = 100;

/** Hands over events as long as the gate lets them pass, and ends the stream when it is closed. */
async function deliver<T>(stream: AsyncGenerator<T>, gate: Gate, hand: (event: T) => void): Promise<void> {
  let listened = performance.now();
  try {
    for await (const event of stream) {
      if (gate.closed) return;
      hand(event);
      // Where nothing is waited for, such as while a language model writes, no command would ever be heard.
      if (performance.now() - listened > deaf) {
        await new Promise((heard) => setTimeout(heard));
        listened = performance.now();
      }
      await gate.passed();
      if (gate.closed) return;
    }
  } finally {
    await stream.return(undefined);
  }
}

const bytesOf = async (file: UnreadFile['content']) => {
  const buffer = await file.arrayBuffer().catch(() => {
    throw new InputError('the file of weights cannot be read any more; choose it again'); // it changed or went
  });
  return new Uint8Array(buffer);
};

const readAsset: ReadAsset = (name) => readPacked(assetAddress(name, baseUrl()));

/** The folder of the page: a built worker lies one folder down, in `assets`, and while developing two down, in `src/worker`. */
function baseUrl(): string {
  const { pathname, href } = self.location;
  return new URL(pathname.endsWith('.ts') ? '../../' : '../', href).href;
}

type Work = Extract<EngineCommand, { readonly type: 'run' | 'spread' | 'chain' | 'answers' }>;
type Told = Event | ChainNews | CheckEvent;

function streamOf(work: Work, host: Host): AsyncGenerator<Told> {
  switch (work.type) {
    case 'run':
      return run(work.experiment, host);
    case 'spread':
      return runSpread(work.spread, host);
    case 'chain':
      return chainNews(work.chain, work.seeds, host);
    case 'answers':
      return compared(host);
    default:
      return work satisfies never;
  }
}

/** With the files of figures that it is compared with, loaded by those who ask. */
async function* compared({ compute, read }: Host): AsyncGenerator<CheckEvent> {
  const [{ checks }, { runChecks }] = await Promise.all([import('../known-answers/index.ts'), import('../known-answers/run.ts')]);
  yield* runChecks(checks, { compute, read, isLost: (error) => error instanceof LostTrainer });
}

/** On whose data it is; a chain's links are all on the same. */
function dataIdOf(work: Work): string | undefined {
  switch (work.type) {
    case 'run':
      return work.experiment.data.id;
    case 'spread':
      return work.spread.experiments[0]?.data.id;
    case 'chain':
      return work.chain.links[0]?.experiment.data.id;
    case 'answers':
      return undefined;
    default:
      return work satisfies never;
  }
}

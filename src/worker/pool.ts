/**
 * A pool of trainers as one `Compute`: the members of a stack are shared out, and come back in order. The result does not depend
 * on how many trainers there are, because every member draws from streams of its own.
 */
import { InputError } from '../core/input-error.ts';
import type { Compute, TrainingJob, TrainingReport, Weights } from '../core/training.ts';
import { merged } from '../lab/merge.ts';
import type { Port, Rung, TrainerAnswer, TrainerCall, TrainerReply, TrainerRequest } from './protocol.ts';

/** A trainer died or its device was lost: the run has to be repeated elsewhere. */
export class LostTrainer extends Error {
  override name = 'LostTrainer';
}

/** A trainer that says nothing for this long, in milliseconds, while it owes an answer, is dead. One step takes far less. */
const longestSilence: Readonly<Record<Rung, number>> = { webgpu: 15_000, wasm: 15_000, webgl: 60_000, cpu: 120_000 };

/** A watch that goes off later than that, in milliseconds, says that nobody here had time to listen. */
const late = 1000;

/** A baseline trains whole networks before it answers. */
const baselinePatience = 20;

export type TrainerPort = Port<TrainerCall, TrainerReply>;

class Trainer {
  /** Trainings and questions under way: the next one goes to whoever has fewest. */
  busy = 0;
  /** How many trainings it was given: each has a number of its own. */
  trainings = 0;
  #calls = 0;
  #lost: LostTrainer | undefined;
  readonly #port: TrainerPort;
  readonly #silence: number;
  readonly #waiting = new Map<
    number,
    { settle(reply: TrainerAnswer): void; fail(error: Error): void; silence: number; watch: ReturnType<typeof setTimeout> }
  >();

  constructor(port: TrainerPort, silence: number) {
    this.#port = port;
    this.#silence = silence;
    port.listen(
      (reply) => this.#hear(reply),
      (why) => this.#lose(why),
    );
  }

  ask(request: TrainerRequest): Promise<TrainerAnswer> {
    if (this.#lost) return Promise.reject(this.#lost);
    const call = ++this.#calls;
    return new Promise((settle, fail) => {
      const own = this.#silence * (request.type === 'baseline' ? baselinePatience : 1);
      // Behind a baseline everybody waits longer.
      const silence = Math.max(own, ...Array.from(this.#waiting.values(), (other) => other.silence));
      this.#waiting.set(call, { settle, fail, silence: own, watch: this.#startWatch(silence) });
      try {
        this.#port.post({ call, request });
      } catch (error) {
        clearTimeout(this.#waiting.get(call)?.watch);
        this.#waiting.delete(call);
        throw error; // what cannot be sent is no fault of the trainer's
      }
    });
  }

  close(): void {
    this.#lose('it was closed');
    this.#port.close();
  }

  #hear(reply: TrainerReply): void {
    if ('lost' in reply) {
      this.#lose(reply.lost);
      return;
    }
    const waiting = this.#waiting.get(reply.call);
    if (!waiting) return;
    this.#waiting.delete(reply.call);
    clearTimeout(waiting.watch);
    // Whoever is still waiting waited for this one: its own time begins now.
    let silence = 0; // calls are answered in turn, so behind a patient one everybody is patient
    for (const other of this.#waiting.values()) {
      silence = Math.max(silence, other.silence);
      clearTimeout(other.watch);
      other.watch = this.#startWatch(silence);
    }
    if ('answer' in reply) waiting.settle(reply.answer);
    else waiting.fail(errorFrom(reply.error));
  }

  #startWatch(silence: number): ReturnType<typeof setTimeout> {
    const due = performance.now() + silence;
    const watch = setTimeout(() => {
      if (performance.now() < due + late) return this.#lose(`it was silent for ${silence / 1000} s`);
      // This thread itself was busy, with an attack perhaps: an answer may have come and not been heard yet.
      for (const waiting of this.#waiting.values()) if (waiting.watch === watch) waiting.watch = this.#startWatch(silence);
    }, silence);
    return watch;
  }

  #lose(why: string): void {
    this.#lost ??= new LostTrainer(why);
    for (const { fail, watch } of this.#waiting.values()) {
      clearTimeout(watch);
      fail(this.#lost);
    }
    this.#waiting.clear();
  }
}

/** An error from another thread, whole; what was the person's fault there is the person's fault here. */
function errorFrom({ name, message, stack }: { name: string; message: string; stack: string }): Error {
  const error = name === 'InputError' ? new InputError(message) : new Error(message);
  error.stack = stack;
  return error;
}

export interface Pool extends Compute {
  readonly workers: number;
  /** One of its trainers. */
  readonly alone: Compute;
  /** TF.js's own layers on one of its trainers. @returns milliseconds a step of one network */
  baseline(job: TrainingJob): Promise<number>;
  close(): void;
}

/** Starts trainers on one rung. @returns the pool, or why this rung is not to be had */
export async function startPool(rung: Rung, softwareGpu: boolean, ports: readonly TrainerPort[]): Promise<Pool | string> {
  const trainers = ports.map((port) => new Trainer(port, longestSilence[rung]));
  const close = () => {
    for (const trainer of trainers) trainer.close();
  };
  try {
    const answers = await Promise.all(trainers.map((trainer) => trainer.ask({ type: 'start', rung, softwareGpu })));
    for (const answer of answers) {
      if (answer.type === 'refused') {
        close();
        return answer.why;
      }
    }
  } catch (error) {
    close();
    return (error as Error).message;
  }
  const [first] = trainers as [Trainer];
  return {
    ...computeOn(rung, trainers),
    workers: trainers.length,
    alone: computeOn(rung, [first]),
    async baseline(job) {
      const answer = await first.ask({ type: 'baseline', job });
      return answer.type === 'baseline' ? answer.milliseconds : Number.NaN;
    },
    close,
  };
}

function computeOn(backend: Rung, trainers: readonly Trainer[]): Compute {
  const leastBusy = () => trainers.reduce((best, trainer) => (trainer.busy < best.busy ? trainer : best));

  /** One piece of a stack on one trainer, as a stream of reports that ends with its weights. */
  async function* trainPiece(job: TrainingJob): AsyncGenerator<TrainingReport | Weights[]> {
    const trainer = leastBusy();
    const training = ++trainer.trainings;
    trainer.busy++;
    try {
      await trainer.ask({ type: 'open', training, job });
      for (;;) {
        const answer = await trainer.ask({ type: 'next', training });
        if (answer.type === 'trained') {
          yield answer.weights;
          return;
        }
        if (answer.type === 'report') yield answer.report;
      }
    } finally {
      trainer.busy--;
      await trainer.ask({ type: 'close', training }).catch(() => undefined); // a dead trainer has nothing left to close
    }
  }

  /** A question about several networks, shared among the trainers; a table for each network. */
  const inPieces = async (networks: number, request: (from: number, to: number) => TrainerRequest) => {
    const tables = await Promise.all(
      shared(networks, trainers.length).map(async ([from, to]) => {
        const trainer = leastBusy();
        trainer.busy++;
        try {
          const answer = await trainer.ask(request(from, to));
          return answer.type === 'tables' ? answer.tables : [];
        } finally {
          trainer.busy--;
        }
      }),
    );
    return tables.flat();
  };

  return {
    backend,
    async *train(job) {
      const shares = shared(job.members.length, trainers.length);
      const pieces = shares.map(([from, to]) => ({ ...job, members: job.members.slice(from, to) }));
      const done = pieces.map(() => 0);
      const atOnce = pieces.map(({ members }) => members.length);
      const elapsed = pieces.map(() => 0);
      const weights: Weights[][] = [];
      for await (const { from, value } of merged(pieces.map(trainPiece))) {
        if (Array.isArray(value)) {
          weights[from] = value;
          continue;
        }
        done[from] = value.done;
        if (value.atOnce) atOnce[from] = value.atOnce;
        elapsed[from] = value.elapsed;
        const [first, next] = shares[from] as [number, number];
        const total = (value.total / (next - first)) * job.members.length;
        const watched = value.watched && job.members.map((_, k) => value.watched?.[k - first] ?? []);
        yield {
          ...value,
          ...(value.atOnce && { atOnce: atOnce.reduce((sum, part) => sum + part, 0) }),
          done: done.reduce((sum, part) => sum + part, 0),
          total,
          elapsed: Math.max(...elapsed),
          ...(watched && { watched }),
        };
      }
      return weights.flat();
    },
    logits: (job) =>
      inPieces(job.weights.length, (from, to) => ({
        type: 'logits',
        job: { ...job, weights: job.weights.slice(from, to) },
      })),
    gradients: (job) =>
      inPieces(job.weights.length, (from, to) => ({
        type: 'gradients',
        job: { ...job, weights: job.weights.slice(from, to), pull: job.pull.slice(from, to) },
      })),
  };
}

/** `members` in order, as evenly as may be over at most `parts` pieces: `[from, to)` each. */
function shared(members: number, parts: number): [number, number][] {
  const pieces = Math.min(members, parts);
  return Array.from({ length: pieces }, (_, i) => [Math.floor((i * members) / pieces), Math.floor(((i + 1) * members) / pieces)]);
}

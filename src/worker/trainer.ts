/** The side of a trainer: holds TF.js on one backend, and trains and answers when told. Every host's trainer is this. */
import type { TrainingReport, Weights } from '../core/training.ts';
import { baselineHere, computeHere } from '../lab/compute.ts';
import type { Port, Rung, TrainerAnswer, TrainerCall, TrainerReply, TrainerRequest } from './protocol.ts';

/** Brings a backend up; answers why not, where it cannot. `onLost` is called when the device goes later. */
export type StartBackend = (rung: Rung, softwareGpu: boolean, onLost: (why: string) => void) => Promise<string | undefined>;

export function serveTrainer(port: Port<TrainerReply, TrainerCall>, startBackend: StartBackend, clock: () => number): void {
  let compute = computeHere('none', clock);
  const trainings = new Map<number, AsyncGenerator<TrainingReport, Weights[]>>();

  const answerTo = async (request: TrainerRequest): Promise<TrainerAnswer> => {
    switch (request.type) {
      case 'start': {
        const why = await startBackend(request.rung, request.softwareGpu, (lost) => port.post({ lost }));
        if (why !== undefined) return { type: 'refused', why };
        compute = computeHere(request.rung, clock);
        return { type: 'started', backend: request.rung };
      }
      case 'open':
        trainings.set(request.training, compute.train(request.job));
        return { type: 'done' };
      case 'next': {
        const step = await trainings.get(request.training)?.next();
        if (!step) throw new Error(`training ${request.training} is not open`);
        if (!step.done) return { type: 'report', report: step.value };
        trainings.delete(request.training);
        return { type: 'trained', weights: step.value };
      }
      case 'close':
        await trainings.get(request.training)?.return([]);
        trainings.delete(request.training);
        return { type: 'done' };
      case 'logits':
        return { type: 'tables', tables: await compute.logits(request.job) };
      case 'gradients':
        return { type: 'tables', tables: await compute.gradients(request.job) };
      case 'baseline':
        return { type: 'baseline', milliseconds: await baselineHere(request.job, clock) };
      default:
        return request satisfies never;
    }
  };

  port.listen(
    async ({ call, request }) => {
      try {
        port.post({ call, answer: await answerTo(request) });
      } catch (error) {
        const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
        port.post({ call, error: { name, message, stack } });
      }
    },
    () => undefined,
  );
}

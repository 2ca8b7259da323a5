/** A trainer in a thread of the terminal's process: the same as in the browser, on another kind of port. */
import { parentPort } from 'node:worker_threads';
import type { TrainerCall } from '../worker/protocol.ts';
import { serveTrainer } from '../worker/trainer.ts';
import { type NodeBackend, startBackend } from './host.ts';

serveTrainer(
  {
    post: (reply) => parentPort?.postMessage(reply),
    listen: (onMessage) => void parentPort?.on('message', (call: TrainerCall) => onMessage(call)),
    close: () => parentPort?.close(),
  },
  async (rung) => {
    try {
      await startBackend(rung as NodeBackend);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  },
  () => performance.now(),
);

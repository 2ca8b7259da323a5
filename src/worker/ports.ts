/** Lines between a browser's threads. */
import type { ReaderPort } from './own-files.ts';
import type { TrainerPort } from './pool.ts';
import type { Port } from './protocol.ts';

interface Endpoint {
  postMessage(message: unknown, moved: ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  close?(): void;
}

/** The worker's own end. Messages that come before anybody listens are kept. */
export function portOf(endpoint: Endpoint): Port<unknown, unknown> {
  const early: unknown[] = [];
  let onMessage = (message: unknown): void => void early.push(message);
  endpoint.addEventListener('message', ({ data }) => onMessage(data));
  return {
    post: (message, moved = []) => endpoint.postMessage(message, [...moved]),
    listen(listener) {
      onMessage = listener;
      for (const message of early.splice(0)) listener(message);
    },
    close: () => endpoint.close?.(),
  };
}

export const startTrainer = (): TrainerPort => startWorker('trainer');
export const startReader = (): ReaderPort => startWorker('reader');

/** A new worker from this very file, and the engine's end of the line to it. */
function startWorker<Out, In>(name: string): Port<Out, In> {
  const worker = new Worker(self.location.href, { type: 'module', name });
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onDeath) {
      worker.addEventListener('message', ({ data }) => onMessage(data));
      worker.addEventListener('error', (event) => onDeath(event.message || 'its worker did not load'));
    },
    close: () => worker.terminate(),
  };
}

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

/** Of several that are started at once, Safari loads only the first where there is no network, and the others a moment later. */
const mostStarts = 5;
const millisecondsBetweenStarts = 40;

/** A new worker from this very file, and the engine's end of the line to it. */
function startWorker<Out, In>(name: string): Port<Out, In> {
  let starts = 0;
  let closed = false;
  /** What was posted to it, until it is known to be there. */
  let unheard: Out[] | undefined = [];
  let hear: (message: In) => void = () => undefined;
  let die: (why: string) => void = () => undefined;
  const start = (): Worker => {
    const started = new Worker(self.location.href, { type: 'module', name });
    starts++;
    started.addEventListener('message', ({ data }) => {
      unheard = undefined;
      hear(data);
    });
    started.addEventListener('error', ({ message }) => {
      // Only what did not load has nothing to say.
      if (message || !unheard || starts === mostStarts) die(message || 'its worker did not load');
      else setTimeout(startAgain, starts * millisecondsBetweenStarts);
    });
    return started;
  };
  const startAgain = () => {
    if (closed) return;
    worker = start();
    for (const message of unheard ?? []) worker.postMessage(message);
  };
  let worker = start();
  return {
    post(message) {
      worker.postMessage(message);
      unheard?.push(message);
    },
    listen(onMessage, onDeath) {
      hear = onMessage;
      die = onDeath;
    },
    close() {
      closed = true;
      worker.terminate();
    },
  };
}

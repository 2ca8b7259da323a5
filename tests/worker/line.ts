/** Lines between threads, both ends of them in this one: messages are cloned and arrive later, as between workers. */

import type { TrainerPort } from '../../src/worker/pool.ts';
import { portOf } from '../../src/worker/ports.ts';
import type { Port, TrainerCall, TrainerReply, TrainerRequest } from '../../src/worker/protocol.ts';
import { type StartBackend, serveTrainer } from '../../src/worker/trainer.ts';

export interface Line {
  readonly port: TrainerPort;
  /** What the trainer was asked for, in order. */
  readonly asked: TrainerRequest['type'][];
  /** Whether the pool has let go of it. */
  readonly closed: () => boolean;
  /** The thread dies: nothing is heard from it any more. */
  die(why: string): void;
}

/** The backend is up already: `useBackend` saw to it. */
const upAlready: StartBackend = async () => undefined;

/** A trainer and the engine's end of the line to it. Its clock leaps, so that it reports every step. */
export function startLine(startBackend: StartBackend = upAlready): Line {
  const { port1, port2 } = new MessageChannel();
  let now = 0;
  serveTrainer(portOf(port1) as Port<TrainerReply, TrainerCall>, startBackend, () => (now += 1000));
  port1.start();
  const asked: TrainerRequest['type'][] = [];
  let [dead, closed] = [false, false];
  let tellDeath: (why: string) => void = () => undefined;
  return {
    asked,
    closed: () => closed,
    die(why) {
      dead = true;
      tellDeath(why);
    },
    port: {
      post(call) {
        asked.push(call.request.type);
        if (!dead) port2.postMessage(call);
      },
      listen(onMessage, onDeath) {
        tellDeath = onDeath;
        port2.addEventListener('message', ({ data }) => {
          if (!dead) onMessage(data);
        });
        port2.start();
      },
      close() {
        closed = true;
        port1.close();
        port2.close();
      },
    },
  };
}

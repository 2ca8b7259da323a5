/** The page's end of its service worker: has it keep all files, asks how far it is, and hears of newer builds. Reloads nothing. */
import { type Keeper, type Kept, NotKept } from '../../store/offline-store.ts';
import type { OfflineAnswer, OfflineFault, OfflineRequest } from '../../worker/offline-protocol.ts';
import { build, scope } from './build.ts';

const millisecondsBetweenLooks = 300;
/** A page may be open for days. */
const millisecondsBetweenUpdates = 3_600_000;
/** A service worker that has to be started first still answers within a second or two. */
const longestSilence = 10_000;
const longestFill = 300_000;
/** The worker says why it fails before it does, but the browser may bring that later than the failure. */
const longestForFault = 2_000;

export function createKeeper(onNewer: () => void): Keeper {
  const { serviceWorker } = navigator;
  let registered: ServiceWorkerRegistration | undefined;
  let fault: OfflineFault | undefined;
  serviceWorker?.addEventListener('message', ({ data }: MessageEvent<OfflineFault>) => {
    fault = data;
  });

  /** A build that took over while this page was open is newer than this page's. */
  const look = async () => {
    const answer = serviceWorker.controller && (await ask(serviceWorker.controller, 'state').catch(() => undefined));
    if (answer && answer.build !== build) onNewer();
  };
  const update = async () => {
    await registered?.update(); // throws where the server does not answer
    await settled(registered?.installing);
    return registered !== undefined;
  };

  const register = async () => {
    if (!isSecureContext) throw new NotKept({ type: 'insecure' });
    if (!serviceWorker || !navigator.locks) throw new NotKept({ type: 'not offered' });
    if (!build) throw new NotKept({ type: 'not built' });
    if (registered) return registered;
    registered = await serviceWorker.register(new URL('service-worker.js', scope), { scope, updateViaCache: 'none' });
    return registered;
  };

  serviceWorker?.addEventListener('controllerchange', look);
  setInterval(() => update().catch(() => undefined), millisecondsBetweenUpdates);

  return {
    async keep(tell) {
      fault = undefined; // before it registers: the worker may fail at once
      const registration = await register().catch((error) => {
        throw error instanceof NotKept ? error : new NotKept({ type: 'refused', says: String(error?.message ?? error) });
      });
      const installing = registration.active ? undefined : (registration.installing ?? registration.waiting);
      if (installing) await follow(installing, tell);
      const { active } = registration;
      if (!active) {
        registered = undefined; // the browser has let go of it: the next time it begins anew
        await until(() => fault !== undefined, longestForFault);
        throw new NotKept({ type: 'file', ...(fault ?? { file: '', full: false }) });
      }
      await look();
      const answer = await ask(active, 'fill', longestFill);
      if (answer.missing > 0) throw new NotKept({ type: 'file', ...(answer.fault ?? { file: '', full: false }) });
      void ask(active, 'tidy').catch(() => undefined);
      if (!installing) update().catch(() => undefined);
      return answer;
    },
    update,
  };
}

/** Until it has taken over or was given up. */
async function settled(worker: ServiceWorker | null | undefined): Promise<void> {
  if (!worker) return;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

async function until(there: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!there() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function follow(worker: ServiceWorker, tell: (kept: Kept) => void): Promise<void> {
  const timer = setInterval(() => {
    ask(worker, 'state').then(tell, () => undefined);
  }, millisecondsBetweenLooks);
  await settled(worker);
  clearInterval(timer);
}

function ask(worker: ServiceWorker, type: OfflineRequest['type'], patience = longestSilence): Promise<OfflineAnswer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const silent = setTimeout(() => reject(new Error('the service worker does not answer')), patience);
    port1.onmessage = ({ data }: MessageEvent<OfflineAnswer>) => {
      clearTimeout(silent);
      port1.close();
      resolve(data);
    };
    worker.postMessage({ type } satisfies OfflineRequest, [port2]);
  });
}

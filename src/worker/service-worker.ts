/**
 * The service worker: keeps every file of one build, and answers from what is kept. It takes over as soon as it has all of them, and
 * yet no open page ever gets files of two builds: every name but the page's own says what is in the file, so an older page finds its
 * own files among those of the older build, which are kept as long as such a page is open. The page itself is always the newest.
 */
import type { OfflineAnswer, OfflineFault, OfflineRequest, Precache, PrecachedFile } from './offline-protocol.ts';

declare const self: ServiceWorkerGlobalScope;
/** Written by the build. */
declare const __PRECACHE__: Precache;

const { build, files } = __PRECACHE__;
const { scope } = self.registration;
/** Other sites of the same origin have caches too. Under the same name each open page holds a lock on its build. */
const family = `threatloop ${scope} `;
const own = family + build;
const fetchesAtOnce = 4;
/** Where a page was closed meanwhile, Firefox may never be done taking over, and holds back every file until it is. */
const longestClaim = 1000;

self.addEventListener('install', (event) => {
  event.waitUntil(
    fill().then(
      () => self.skipWaiting(),
      async (error) => {
        const pages = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
        for (const page of pages) page.postMessage(faultOf(error));
        throw error; // what was there before stays
      },
    ),
  );
});

self.addEventListener('activate', (event) => {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, longestClaim));
  event.waitUntil(Promise.race([self.clients.claim(), patience]));
});

self.addEventListener('message', (event) => {
  const { type } = event.data as OfflineRequest;
  const answer = async (): Promise<OfflineAnswer> => {
    if (type === 'tidy') await tidy();
    try {
      if (type === 'fill') await fill();
    } catch (error) {
      return { ...(await state()), fault: faultOf(error) };
    }
    return state();
  };
  event.waitUntil(answer().then((said) => event.ports[0]?.postMessage(said)));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const home = new URL(scope);
  if (request.method !== 'GET' || origin !== home.origin || !pathname.startsWith(home.pathname)) return;
  if (request.mode !== 'navigate') event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
  else if (pathname === home.pathname || pathname === `${home.pathname}index.html`)
    event.respondWith(kept(scope).then((found) => found ?? fetch(request)));
});

/** This build's file of that name, else another build's; nothing where there is none, or where the browser's store is broken. */
async function kept(url: string): Promise<Response | undefined> {
  try {
    const here = await (await caches.open(own)).match(url, { ignoreVary: true });
    return here ?? (await caches.match(url, { ignoreVary: true }));
  } catch {
    return undefined;
  }
}

const addressOf = ({ url }: PrecachedFile) => new URL(url, scope).href;

async function missing(): Promise<PrecachedFile[]> {
  const here = new Set((await (await caches.open(own)).keys()).map(({ url }) => url));
  return files.filter((file) => !here.has(addressOf(file)));
}

async function state(): Promise<OfflineAnswer> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { build, files: files.length, bytes, missing: (await missing()).length };
}

class Unkept extends Error {
  readonly fault: OfflineFault;
  constructor(fault: OfflineFault) {
    super(`${fault.file} could not be kept`);
    this.fault = fault;
  }
}

const faultOf = (error: unknown): OfflineFault => (error instanceof Unkept ? error.fault : { file: '', full: false });

/** Keeps what is missing. Ends at the first file that is not to be had; what is kept by then is kept, and need not be fetched again. */
async function fill(): Promise<void> {
  const cache = await caches.open(own);
  const older = (await caches.keys()).filter((name) => name.startsWith(family) && name !== own);
  const waiting = await missing();
  const keepSome = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const response = (await fromOlder(file, older)) ?? (await fromServer(file));
      const full = await cache.put(addressOf(file), response).then(
        () => false,
        () => true,
      );
      if (full) throw new Unkept({ file: file.url, full });
    }
  };
  try {
    await Promise.all(Array.from({ length: fetchesAtOnce }, keepSome));
  } finally {
    waiting.length = 0; // where one failed, the others end too
  }
  const [gone] = await missing();
  if (gone) throw new Unkept({ file: gone.url, full: false });
}

/** What has not changed since another build need not be fetched again. */
async function fromOlder(file: PrecachedFile, older: readonly string[]): Promise<Response | undefined> {
  for (const name of older) {
    const found = await (await caches.open(name)).match(addressOf(file), { ignoreSearch: true, ignoreVary: true });
    if (!found) continue;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await found.clone().arrayBuffer()));
    if (file.integrity.includes(btoa(String.fromCharCode(...digest)))) return found;
  }
  return undefined;
}

/** As the browser has it from the page, else from the server; the browser refuses what is not as it was built. */
async function fromServer(file: PrecachedFile): Promise<Response> {
  for (const cache of ['default', 'reload'] as const) {
    try {
      const response = await fetch(addressOf(file), { integrity: file.integrity, cache });
      if (!response.ok) continue;
      // A browser does not take a redirected answer for a page.
      return response.redirected ? new Response(response.body, response) : response;
    } catch {
      // It is told below.
    }
  }
  throw new Unkept({ file: file.url, full: false });
}

async function tidy(): Promise<void> {
  if (self.registration.installing || self.registration.waiting) return; // its files are about to be needed
  const names = await caches.keys();
  const { held = [] } = await navigator.locks.query();
  const used = new Set([own, ...held.map(({ name }) => name)]);
  await Promise.all(names.filter((name) => name.startsWith(family) && !used.has(name)).map((name) => caches.delete(name)));
}

/**
 * Without a network, in a real Chromium: everything after the first visit; a newer build that comes in the background and changes nothing
 * of an open page; and a service worker that fails without anybody noticing.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Plugin } from 'vite';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { buildSite } from './build.ts';
import { openBrowser, openPage, type Site, serveSite, untilStatus } from './site.ts';

/** Another build: the gallery has another heading. */
const otherHeading = 'What do you want to see today?';
const changed: Plugin = {
  name: 'changed',
  transform: (code, id) => (id.endsWith('/store/texts.ts') ? code.replace('What do you want to see?', otherHeading) : undefined),
};

let browser: Browser;
let first: string;
let second: string;
beforeAll(async () => {
  browser = await openBrowser('none');
  first = inject('site');
  second = await buildSite(changed);
});
afterAll(() => browser?.close());

/** A run of a second or two, for what does not depend on its numbers. */
const quick =
  '?backend=wasm#/run?v=1&data.members=100&data.nonMembers=100&model.hidden=16&training.epochs=5&attack.shadowModels=4';

/** The service worker has all files and has taken over. */
const untilKept = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 });

const goTo = (page: Page, hash: string) => page.evaluate((next) => void location.assign(next), hash);

/** One of the pages beside the lab, which are loaded when somebody goes there. */
const untilPage = async (page: Page, hash: string, heading: string) => {
  await goTo(page, hash);
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor({ timeout: 15_000 });
};

const untilRun = async (page: Page, hash: string) => {
  await goTo(page, hash);
  await untilStatus(page, 'running', 10_000);
  await untilStatus(page, 'finished');
};

/** How many files of each build are kept. */
const cachesOf = (page: Page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    return Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  });

async function closed(site: Site, context: BrowserContext): Promise<void> {
  await context.close();
  site.close();
}

it('works without a network after the first visit: the default scenario, others with other data, pages and recordings', async () => {
  const site = await serveSite(first);
  const { page, faults, foreign } = await openPage(browser, `${site.address}?backend=wasm`);
  const context = page.context();
  // Nothing competes with the first run.
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  await untilStatus(page, 'finished');
  await untilKept(page);
  const built = readdirSync(first, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(await cachesOf(page)).toEqual([built.length - 1]); // all but the service worker itself

  await context.setOffline(true);
  site.close();
  // Without a reload: this page was loaded before there was a service worker.
  await untilPage(page, '#/scenarios', 'What do you want to see?');
  await untilRun(page, '#/run?v=1&scenario=ten-examples'); // reads weights

  await untilRun(page, '#/run?v=1');
  await page.reload();
  expect(await page.evaluate(() => location.search)).toBe('?backend=wasm');
  await page.waitForFunction(
    () => document.querySelector('[data-testid=toggle-recorded]')?.getAttribute('aria-pressed') === 'true',
  );
  await untilStatus(page, 'finished');
  expect(await page.getByTestId('verdict').textContent()).toMatch(/attacker picks the member \d+ % of the time/);
  await untilRun(page, '#/run?v=1&scenario=faces');
  await untilPage(page, '#/chains', 'How risk travels');
  await goTo(page, '#/preflight');
  await page.getByTestId('check-offline').getByText('with the network cut').waitFor({ timeout: 60_000 });
  await page.getByTestId('check-newest').getByText('could not be asked').waitFor({ timeout: 15_000 });
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await context.close();
});

it('fetches a newer build in the background; the open page goes on with its own files, and the next reload has the new ones', async () => {
  const site = await serveSite(first);
  const { page, faults } = await openPage(browser, site.address + quick);
  const context = page.context();
  await untilStatus(page, 'finished');
  await untilKept(page);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const sameDocument = () => page.evaluate(() => 'sameDocument' in window);

  site.show(second);
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
  await page.getByTestId('newer').getByText('A newer version is ready').waitFor({ timeout: 30_000 });
  expect(await sameDocument()).toBe(true);
  // Its own part of the page, which the server has no more.
  const [chunk] = readdirSync(join(first, 'assets')).filter((name) => !readdirSync(join(second, 'assets')).includes(name));
  expect((await fetch(`${site.address}assets/${chunk}`)).status).toBe(404);
  await untilPage(page, '#/scenarios', 'What do you want to see?');

  // Whoever opens the page now has the new build, and the older one stays for the page that needs it.
  const other = await context.newPage();
  await other.goto(`${site.address}#/scenarios`);
  expect(await other.locator('h1').textContent()).toBe(otherHeading);
  expect(await other.getByTestId('newer').textContent()).toBe('');
  await other.evaluate(tidy);
  expect((await cachesOf(other)).length).toBe(2);
  await untilPage(page, '#/chains', 'How risk travels');
  await untilRun(page, quick.slice(quick.indexOf('#')).replace('epochs=5', 'epochs=6'));
  expect(await sameDocument()).toBe(true);

  await page.getByRole('button', { name: 'Use it now' }).click();
  await page.waitForFunction(() => !('sameDocument' in window));
  await untilPage(page, '#/scenarios', otherHeading);
  expect(await page.getByTestId('newer').textContent()).toBe('');
  await expect.poll(() => cachesOf(page).then(({ length }) => length), { timeout: 30_000 }).toBe(1);
  expect(faults).toEqual([]);
  await closed(site, context);
});

/** As a page asks for it some seconds after it was opened. */
function tidy(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((answered) => {
    port1.onmessage = answered;
    navigator.serviceWorker.controller?.postMessage({ type: 'tidy' }, [port2]);
  });
}

it('keeps nothing rather than a part: the page works, and is kept once everything is there', async () => {
  const site = await serveSite(first);
  site.show(first, /backdoor\.jsonl/);
  const { page, faults } = await openPage(browser, site.address + quick);
  const context = page.context();
  await untilStatus(page, 'finished');
  await goTo(page, '#/preflight');
  const offline = page.getByTestId('check-offline');
  await expect.poll(() => offline.textContent(), { timeout: 60_000 }).toContain('recordings/backdoor.jsonl.gz');
  expect(await offline.getAttribute('data-state')).toBe('remark');
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBe(null);
  await page.reload();
  await page.getByTestId('summary').filter({ hasText: 'Ready, with remarks' }).waitFor({ timeout: 60_000 });

  site.show(first);
  await offline.getByRole('button', { name: 'Make ready now' }).click();
  await offline.getByText('with the network cut').waitFor({ timeout: 60_000 });

  // A newer build of which a file is missing is not used, and the older one still is.
  site.show(second, /weights\/mail/);
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined);
  });
  await expect.poll(() => cachesOf(page).then(({ length }) => length)).toBe(2);
  await page.waitForFunction(async () => !(await navigator.serviceWorker.getRegistration())?.installing);
  await page.reload();
  await untilPage(page, '#/scenarios', 'What do you want to see?');
  expect(await page.getByTestId('newer').textContent()).toBe('');
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  await closed(site, context);
});

it('is the same page where there is no service worker', async () => {
  const site = await serveSite(first);
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(site.address + quick);
  await untilStatus(page, 'finished');
  await goTo(page, '#/preflight');
  await page.getByTestId('summary').filter({ hasText: 'Ready, with remarks' }).waitFor({ timeout: 60_000 });
  expect(await page.getByTestId('check-offline').getAttribute('data-state')).toBe('remark');
  expect(faults).toEqual([]);
  await closed(site, context);
});

it('can be installed: the manifest is as browsers want it, from any path', async () => {
  const site = await serveSite(first);
  const { page } = await openPage(browser, site.address + quick);
  const session = await page.context().newCDPSession(page);
  const { url, errors, data } = await session.send('Page.getAppManifest');
  expect(url).toBe(`${site.address}manifest.webmanifest`);
  expect(errors).toEqual([]);
  for (const { src } of JSON.parse(data ?? '{}').icons) expect((await fetch(new URL(src, url))).status, src).toBe(200);
  await closed(site, page.context());
});

/** The built page on a plain server, below a sub-path as on a project site, and a real Chromium to look at it. */

import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { findBrowser } from './find.mjs';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

export interface Site {
  /** Ends in a slash, and is not the root of its server. */
  readonly address: string;
  /** From now on it has another build's files, and answers with 404 whatever path `missing` matches. */
  show(folder: string, missing?: RegExp): void;
  close(): void;
}

/** The built page and a browser for all tests of a file, to be read once they have begun. */
export function siteAndBrowser(gpu: 'none' | 'software'): { readonly site: Site; readonly browser: Browser } {
  const held = {} as { site: Site; browser: Browser };
  beforeAll(async () => {
    [held.site, held.browser] = await Promise.all([serveSite(inject('site')), openBrowser(gpu)]);
  });
  afterAll(async () => {
    await held.browser?.close();
    held.site?.close();
  });
  return held;
}

/** Serves it as any static host would. */
export async function serveSite(first: string): Promise<Site> {
  let folder = first;
  let missing: RegExp | undefined;
  const server: Server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/^\/src\/assets\/where\//, '') || 'index.html';
    try {
      if (missing?.test(path)) throw new Error('taken away');
      const body = await readFile(join(folder, path));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}/src/assets/where/`,
    show(next, without) {
      folder = next;
      missing = without;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const quiet = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const softwareGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan'];

export async function openBrowser(gpu: 'none' | 'software'): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('no Chromium was found; run npm test, which installs one');
  return chromium.launch({ executablePath, args: [...quiet, ...(gpu === 'software' ? softwareGpu : ['--disable-gpu'])] });
}

export interface OpenedPage {
  readonly page: Page;
  /** Errors of the page, refused requests and everything the Content-Security-Policy stopped. */
  readonly faults: string[];
  /** Addresses that were asked for outside the page's own origin. */
  readonly foreign: string[];
}

export async function openPage(browser: Browser, address: string, size = { width: 1280, height: 720 }): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  const faults: string[] = [];
  const foreign: string[] = [];
  const { origin } = new URL(address);
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  await page.goto(address);
  return { page, faults, foreign };
}

/** Waits until the run has the status, such as `finished`. */
export async function untilStatus(page: Page, status: string, timeout = 90_000): Promise<void> {
  await page.locator(`[data-testid=status][data-status=${status}]`).waitFor({ timeout, state: 'attached' });
}

/** A metric's number as the page holds it. */
export async function metricOn(page: Page, lane: number, name: string): Promise<number> {
  return Number(await page.getByTestId(`metric-${lane}-${name}`).first().getAttribute('data-value'));
}

/** What axe finds against WCAG 2.2 AA, in the light theme and then in the dark one. */
export async function violationsOf(page: Page): Promise<string[]> {
  const light = await violationsNow(page);
  await page.getByRole('button', { name: /the dark theme/i }).click();
  return [...light, ...(await violationsNow(page)).map((violation) => `dark ${violation}`)];
}

/** The same for the page as it is now. */
export async function violationsNow(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Ends one of the page's workers from within, silently, as a crash would. Waits until there is one. */
export async function kill(page: Page, victim: 'engine' | 'trainer'): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    for (const worker of page.workers()) {
      if ((await worker.evaluate(() => self.name).catch(() => '')) !== victim) continue;
      await worker.evaluate(() => setTimeout(() => self.close(), 0)).catch(() => undefined);
      return;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(`there is no ${victim} to kill`);
}

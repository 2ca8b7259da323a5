/** The stacked engine inside a real Chromium, on wasm and on webgpu's software adapter. */
import type { Browser } from 'playwright-core';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { difference } from '../stack/numbers.ts';
import { openBrowser } from './site.ts';
import type { StackReport } from './stack-page.ts';

let server: ViteDevServer;
let browser: Browser;

beforeAll(async () => {
  server = await createServer({ logLevel: 'error', server: { port: 0, host: '127.0.0.1', hmr: false, watch: null } });
  await server.listen();
  browser = await openBrowser('software');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const reports = new Map<string, StackReport>();

it.each(['wasm', 'webgpu'])(
  'gives on %s what one network and one example at a time give',
  async (backend) => {
    const page = await browser.newPage();
    await page.goto(`${server.resolvedUrls?.local[0]}tests/browser/stack.html?backend=${backend}`);
    await page.waitForFunction(() => 'stackReport' in window, undefined, { timeout: 60_000 });
    const report: StackReport = await page.evaluate(
      () => (window as unknown as { stackReport: Promise<StackReport> }).stackReport,
    );
    reports.set(backend, report);
    console.log(backend, JSON.stringify({ ...report, scores: report.scores.length }));
    expect(report.refused).toBeUndefined();
    expect(Object.keys(report.stacked)).toHaveLength(6);
    expect(Object.keys(report.transformer)).toHaveLength(3);
    const { stacked, perExample, transformer } = report;
    for (const [name, difference] of [stacked, perExample, transformer].flatMap((part) => Object.entries(part))) {
      expect(difference, name).toBeLessThan(1e-5); // single precision, relative to the largest value
    }
    await page.close();
  },
  240_000,
);

it('gives LiRA the same scores on both', () => {
  const [wasm, webgpu] = ['wasm', 'webgpu'].map((backend) => reports.get(backend)?.scores ?? []) as [number[], number[]];
  expect(wasm).toHaveLength(120);
  expect(difference(webgpu, wasm)).toBeLessThan(1e-3); // of the largest score: a ratio of densities magnifies what rounding does
});

it('calls the GPU as often for sixteen networks as for one', () => {
  const counts = Object.entries(reports.get('webgpu')?.dispatches ?? {});
  expect(counts).toHaveLength(4);
  for (const [model, [one, four, sixteen]] of counts) {
    expect(one, model).toBeGreaterThan(10);
    expect([four, sixteen], model).toEqual([one, one]);
  }
});

it('holds as much after five LiRA runs as after one', () => {
  for (const backend of ['wasm', 'webgpu']) {
    const held = reports.get(backend)?.held ?? [];
    expect(held).toHaveLength(5);
    for (const after of held) expect(after).toEqual(held[0]);
  }
});

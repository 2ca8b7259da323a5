/**
 * Every screen in both themes and at both sizes, as pictures and as one sheet: npm run contact-sheet
 * To be looked at: aligned, calm, one message a screen, nothing clipped or empty.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findBrowser } from './find.mjs';

const out = 'test-results/contact-sheet';
const site = join(out, 'site');
const sizes = [
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
];
const themes = ['light', 'dark'];

const finished = (page) =>
  page.locator('[data-testid=status][data-status=finished]').waitFor({ state: 'attached', timeout: 120_000 });
const next = (page, times) =>
  Array.from({ length: times }).reduce((before) => before.then(() => page.keyboard.press('PageDown')), Promise.resolve());
const scenario = (id) => ({ name: id, hash: `#/run?v=1&scenario=${id}`, prepare: finished });

/** A screen: its address, and what is done before it is looked at. */
const screens = [
  { name: 'recorded', hash: '#/run?v=1', prepare: (page) => page.getByTestId('verdict').filter({ hasText: '%' }).waitFor() },
  ...['membership', 'plane', 'faces', 'steal', 'backdoor', 'first-words', 'hospital-columns', 'under-the-logo'].map(scenario),
  {
    name: 'story',
    hash: '#/run?v=1',
    async prepare(page) {
      await finished(page);
      await page.getByTestId('story-begin').click();
      await page.getByTestId('story-next').click();
      await page.getByTestId('story-next').click();
    },
  },
  ...[2, 4].map((step) => ({
    name: `present-${step}`,
    hash: '#/run?v=1',
    async prepare(page) {
      await finished(page);
      await page.keyboard.press('p');
      await page.getByTestId('present').waitFor();
      await next(page, step);
    },
  })),
  {
    name: 'card',
    hash: '#/run?v=1',
    async prepare(page) {
      await finished(page);
      await page.getByRole('button', { name: 'About: Likelihood-ratio attack (LiRA)' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'spread',
    hash: '#/run?v=1&data.members=100&data.nonMembers=100&training.epochs=5&attack.shadowModels=4',
    async prepare(page) {
      await finished(page);
      await page.locator('.step-attack .unfolding > summary').click();
      await page.getByRole('button', { name: /Shadow models: try it/ }).click();
      await finished(page);
      await page.evaluate(() => document.getElementById('results')?.scrollIntoView());
    },
  },
  { name: 'gallery', hash: '#/scenarios' },
  {
    name: 'chains',
    hash: '#/chains?chain=backdoor-through-theft',
    prepare: (page) => page.getByTestId('chain-matrix').waitFor(),
  },
  {
    name: 'present-chain',
    hash: '#/chains?chain=fine-tune-jailbreak-extract',
    async prepare(page) {
      await page.getByTestId('chain-matrix').waitFor();
      await page.keyboard.press('p');
      await page.getByTestId('present').waitFor();
      await next(page, 5);
    },
  },
  { name: 'ladder', hash: '#/ladder' },
  { name: 'answers', hash: '#/answers', prepare: (page) => page.waitForTimeout(15_000) },
  { name: 'history', hash: '#/history' },
  { name: 'preflight', hash: '#/preflight', prepare: (page) => page.waitForTimeout(8000) },
  { name: 'bench', hash: '#/bench' },
  { name: 'embed', search: '&embed=1', hash: '#/run?v=1', prepare: finished },
];

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
};

const wanted = process.argv.slice(2);
if (wanted.length === 0) await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({ logLevel: 'error', build: { outDir: site, emptyOutDir: true } });
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html';
  const body = await readFile(join(site, path)).catch(() => undefined);
  if (body) response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
  else response.writeHead(404).end();
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const address = `http://localhost:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
});

const shots = [];
for (const { name, hash, search = '', prepare } of screens.filter((one) => wanted.length === 0 || wanted.includes(one.name))) {
  for (const size of sizes) {
    const context = await browser.newContext({ viewport: size, locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`${address}?backend=wasm${search}${hash}`);
    await prepare?.(page);
    await page.waitForTimeout(1500); // charts take turns
    for (const theme of themes) {
      await page.evaluate((scheme) => {
        document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
      }, theme);
      await page.waitForTimeout(200);
      const file = `${name}-${size.width}-${theme}.png`;
      await page.screenshot({ path: join(out, file) });
      shots.push({ name, size, theme, file });
    }
    await context.close();
  }
  process.stderr.write(`${name}\n`);
}

const cells = shots.map(
  ({ name, size, theme, file }) =>
    `<figure><img src="${file}" width="${size.width / 2.6}"><figcaption>${name}, ${size.width}, ${theme}</figcaption></figure>`,
);
await writeFile(
  join(out, 'index.html'),
  `<!doctype html><meta charset="utf-8"><title>Contact sheet</title><style>body{display:flex;flex-wrap:wrap;gap:12px;font:13px sans-serif}figure{margin:0}img{border:1px solid #999}</style>${cells.join('')}`,
);
const sheet = await browser.newPage({ viewport: { width: 1480, height: 1000 } });
await sheet.goto(`file://${process.cwd()}/${out}/index.html`);
await sheet.screenshot({ path: join(out, 'sheet.png'), fullPage: true });
await browser.close();
server.close();
process.stdout.write(`${shots.length} pictures: ${out}/index.html and sheet.png\n`);

/** Saving in a real Chromium: what lands on the disk is a figure, numbers, papers, and a run that the terminal runs again. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { lab } from '../cli/lab.ts';
import { metricOn, openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

/** A run of a second or two, with a chart, pictures and a defense. */
const quick =
  '?backend=wasm#/run?v=1&data.members=100&data.nonMembers=100&model.hidden=16&training.epochs=5&attack.shadowModels=4';
const roc = 'Found members against false alarms';

const folder = mkdtempSync(join(tmpdir(), 'threatloop-'));

async function kept(download: Download): Promise<{ readonly name: string; readonly path: string; readonly text: string }> {
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return { name: download.suggestedFilename(), path, text: readFileSync(path, 'utf8') };
}

/** Opens a list by its button and presses one of its entries. */
async function saved(page: Page, list: string, entry: RegExp) {
  // Panels are drawn one after the other, and have the same names in both lanes.
  const place = list.startsWith('Save: ') ? page.getByTestId('lane-0') : page.locator('body');
  await place.getByRole('button', { name: list, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    place.getByRole('group', { name: list }).getByRole('button', { name: entry }).click(),
  ]);
  return kept(download);
}

/** What a program that knows nothing of the page makes of an SVG. */
const lookedAt = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const size = [root.getAttribute('width'), root.getAttribute('height')].map(Number);
    return {
      tag: root.tagName,
      size,
      title: root.querySelector('title')?.textContent,
      texts: [...root.querySelectorAll('text')].map((one) => one.textContent),
      textColors: [...new Set([...root.querySelectorAll('text')].map((one) => one.getAttribute('fill')))],
      curves: [...root.querySelectorAll('path')].filter((path) => (path.getAttribute('d') ?? '').length > 60).length,
      pictures: root.querySelectorAll('image[href^="data:image/png"]').length,
      classes: root.querySelectorAll('[class], [style]').length,
    };
  }, svg);

it('saves a chart as SVG and PNG on white paper in either theme, and its numbers as CSV', async () => {
  const { page, faults, foreign } = await openPage(lent.browser, `${lent.site.address}${quick}`);
  await untilStatus(page, 'finished');
  const light = await saved(page, `Save: ${roc}`, /^SVG/);
  expect(light.name).toBe('threatloop-membership-roc-a-seed1.svg');
  const { size, ...figure } = await lookedAt(page, light.text);
  expect(figure).toMatchObject({ tag: 'svg', title: roc, curves: 2, classes: 0 }); // the attack's curve, and the grid
  for (const text of [roc, 'attack', 'chance', 'False positive rate', 'True positive rate', '0.25'])
    expect(figure.texts).toContain(text);
  expect(figure.texts.at(-1)).toBe('Threatloop · membership / lira · No defense · seed 1 · wasm');
  expect(light.text).not.toContain('var(--');

  const png = await saved(page, `Save: ${roc}`, /^PNG/);
  const picture = PNG.sync.read(readFileSync(png.path));
  expect([picture.width, picture.height]).toEqual(size.map((side) => 2 * side));
  const colors = new Set(new Uint32Array(new Uint8Array(picture.data).buffer));
  expect(colors.size).toBeGreaterThan(20);
  expect([...picture.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);

  await page.getByRole('button', { name: 'Change to the dark theme' }).click();
  const dark = await saved(page, `Save: ${roc}`, /^SVG/);
  expect(dark.text).toBe(light.text);
  expect(figure.textColors.toSorted()).toEqual(['#14181d', '#4a5360']);

  const { text } = await saved(page, `Save: ${roc}`, /^CSV/);
  const [head, ...rows] = text.trimEnd().split('\r\n');
  expect(head).toBe('lane,evidence,series,x,y');
  expect(rows[0]).toBe(`undefended,${roc},attack,0,0`);
  expect(rows.at(-1)).toBe(`undefended,${roc},attack,1,1`);
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('saves pictures with their captions and marks, by keyboard alone', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}${quick}`);
  await untilStatus(page, 'finished');
  const lane = page.getByTestId('lane-0');
  const button = lane.getByRole('button', { name: /^Save: Most exposed/ });
  await button.focus();
  await page.keyboard.press('Enter');
  const list = lane.getByRole('group', { name: /^Save: Most exposed/ });
  await list.waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  const { name, text } = await kept(download);
  expect(name).toBe('threatloop-membership-exposed-a-seed1.svg');
  const figure = await lookedAt(page, text);
  expect(figure.pictures).toBe(await page.getByTestId('lane-0').locator('.pictures canvas').count());
  expect(figure.texts.filter((one) => /^[●○] \d/.test(one ?? '')).length).toBe(figure.pictures);
  await list.waitFor({ state: 'hidden' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('saves the whole run: the terminal runs it again to the same numbers; its numbers, its papers, its link', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}${quick}`);
  await untilStatus(page, 'finished');
  const json = await saved(page, 'Save this run', /JSON/);
  expect(json.name).toBe('threatloop-membership-run-seed1.json');
  const run = JSON.parse(json.text);
  expect(run.provenance).toMatchObject({ shown: 'live', status: 'finished', seed: 1, backend: 'wasm', tfjs: '4.22.0' });
  expect(run.provenance.userAgent).toContain('Chrome');
  expect(Date.parse(run.provenance.startedAt)).toBeGreaterThan(Date.now() - 600_000);
  const again = await lab('run', json.path, '--json');
  expect(again.stderr).not.toMatch(/allowed/);
  const { lanes } = JSON.parse(again.stdout);
  const numbersOf = (lane: { metrics: Record<string, { value: number | null }> }) =>
    Object.fromEntries(Object.entries(lane.metrics).map(([name, { value }]) => [name, value]));
  expect(lanes.map(numbersOf)).toEqual(run.lanes.map(numbersOf));
  expect(run.lanes[0].metrics.auc.value).toBe(await metricOn(page, 0, 'auc'));

  const numbers = await saved(page, 'Save this run', /CSV/);
  expect(numbers.text).toContain(`undefended,auc,${run.lanes[0].metrics.auc.value},`);
  const papers = await saved(page, 'Save this run', /BibTeX/);
  expect(papers.name).toBe('threatloop-membership-papers-seed1.bib');
  expect(papers.text).toMatch(/@inproceedings\{carlini2022membership,[\s\S]+@inproceedings\{abadi2016deep,/);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Save this run' }).click();
  const list = page.getByRole('group', { name: 'Save this run' });
  await list.getByRole('button', { name: 'Copy the link' }).click();
  await list.getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  { width: 1280, height: 720 },
  { width: 320, height: 700 },
])('has no accessibility violation with a list open at $width × $height, and nothing sticks out', async (size) => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}${quick}`, size);
  await untilStatus(page, 'finished');
  for (const name of ['Save this run', `Save: ${roc}`]) {
    const place = name.startsWith('Save: ') ? page.getByTestId('lane-0') : page.locator('body');
    const button = place.getByRole('button', { name, exact: true });
    await button.scrollIntoViewIfNeeded();
    await button.click();
    const list = place.getByRole('group', { name });
    const box = await list.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(size.width);
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    await list.evaluate((element: HTMLElement) => {
      // The theme is changed meanwhile, and a press elsewhere would close the list.
      element.popover = 'manual';
      element.showPopover();
    });
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Change to the light theme' }).click();
    await list.evaluate((element: HTMLElement) => element.hidePopover());
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('saves what came of a recorded chain', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=poison-then-infer`);
  await page.getByTestId('chain-matrix').waitFor();
  const json = await saved(page, 'Save what came of the chain', /JSON/);
  expect(json.name).toBe('threatloop-poison-then-infer-chain-seed1.json');
  const { given, seeds, links, provenance } = JSON.parse(json.text);
  expect(given.links).toHaveLength(2);
  expect(seeds).toEqual([1, 2, 3, 4, 5, 6]);
  expect(provenance).toMatchObject({ shown: 'recorded', chain: 'poison-then-infer' });
  const { text } = await saved(page, 'Save what came of the chain', /CSV/);
  const { attack, measure, gain } = links[1];
  expect(text).toContain(`2,${attack},in sequence,gain,${measure},${gain.value},`);
  expect(faults).toEqual([]);
  await page.context().close();
});

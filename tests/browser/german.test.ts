/** The page in German, in a real Chromium: asked for by the address or by the button, kept, and without anything lost on the way. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { metricOn, openPage, siteAndBrowser, untilStatus, violationsNow } from './site.ts';

const lent = siteAndBrowser('none');
const open = (hash: string, search = '?lang=de&backend=wasm', size = { width: 1280, height: 720 }) =>
  openPage(lent.browser, `${lent.site.address}${search}${hash}`, size);
const language = (page: Page) => page.evaluate(() => document.documentElement.lang);
const verdict = (page: Page) => page.getByTestId('verdict').textContent();

it.each([
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
])('speaks German where the address asks for it, is accessible, and nothing sticks out at $width', async (size) => {
  const { page, faults, foreign } = await open('#/run?v=1', undefined, size);
  await untilStatus(page, 'finished');
  expect(await language(page)).toBe('de');
  expect(await verdict(page)).toMatch(
    /^Vor ein Mitglied und ein Nichtmitglied gestellt, erkennt die Angreiferin das Mitglied in \d+ % der Fälle \(Münzwurf: 50 %\)\. Mit „DP-SGD“ sinkt dieser Wert auf \d+ %, immer noch besser als ein Münzwurf; das kostet \d+ Prozentpunkte Genauigkeit\.$/,
  );
  const buttons = await page.locator('.run-buttons button').allTextContents();
  expect(buttons.map((label) => label.replace(/[^\p{L}]/gu, ''))).toEqual(['Start', 'Pause', 'Schritt', 'Stopp', 'Neu']);
  expect(await page.getByTestId('lane-1').getAttribute('aria-label')).toBe('Spur: DP-SGD');
  expect(await page.getByTestId('lane-0').getAttribute('aria-label')).toBe('Spur: ohne Abwehr');
  // One row on a projector, and every word of it is whole.
  const cut = await page
    .locator('.header button, .arrow-families, .arrow-state')
    .evaluateAll((parts) => parts.filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent));
  expect(cut).toEqual([]);
  if (size.width === 1280) expect((await page.locator('.header').boundingBox())?.height).toBeLessThan(60);
  await page.getByRole('button', { name: 'Mehr dazu: Angriffs-AUC' }).first().click();
  expect(await page.getByRole('dialog').textContent()).toContain('Wo sie in die Irre führt');
  await page.keyboard.press('Escape');
  expect(await violationsNow(page)).toEqual([]);
  await page.getByRole('button', { name: 'Zum dunklen Aussehen wechseln' }).click();
  expect(await violationsNow(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  expect([...faults, ...foreign]).toEqual([]);
  await page.context().close();
});

it('changes to English and back by a button, and keeps the result, the experiment and the lanes', async () => {
  const { page, faults } = await open('#/run?v=1&scenario=plane&seed=3');
  await untilStatus(page, 'finished');
  const german = await verdict(page);
  expect(german).toMatch(/^Vor ein Mitglied/);
  // A lane that is named after what a person put into it.
  await page.getByRole('switch', { name: 'Dropout' }).click();
  await page.waitForURL(/dropout/); // the address follows a little later
  const before = { auc: await metricOn(page, 0, 'auc'), hash: new URL(page.url()).hash };
  expect(before.hash).toContain('seed=3');
  expect(before.hash).toContain('Early'); // the names of lanes are English in every link
  const now = async () => ({ auc: await metricOn(page, 0, 'auc'), hash: new URL(page.url()).hash });

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('button', { name: 'Deutsch' }).waitFor();
  expect(await language(page)).toBe('en');
  expect(await verdict(page)).toMatch(/^Shown one member and one other/);
  expect(await page.getByTestId('run').textContent()).toContain('Run');
  expect(await now()).toEqual(before);
  expect(await page.getByTestId('status').getAttribute('data-status')).toBe('finished');

  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('button', { name: 'English' }).waitFor();
  expect(await language(page)).toBe('de');
  expect(await verdict(page)).toBe(german);
  expect(await now()).toEqual(before);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('keeps the language that was chosen for the next visit', async () => {
  const { page, faults } = await open('#/scenarios', '?backend=wasm');
  expect(await language(page)).toBe('en');
  await page.getByTestId('language').click();
  await page.getByRole('heading', { name: 'Was möchten Sie sehen?' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Was möchten Sie sehen?' }).waitFor();
  expect(await language(page)).toBe('de');
  // Where the address asked for a language, the choice counts more from then on.
  await page.goto(`${lent.site.address}?lang=de&backend=wasm#/scenarios`);
  await page.getByTestId('language').click();
  await page.getByRole('heading', { name: 'What do you want to see?' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'What do you want to see?' }).waitFor();
  expect(await language(page)).toBe('en');
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  ...['#/scenarios', '#/ladder', '#/chains?chain=steal-then-invert', '#/bench', '#/preflight', '#/history'],
  ...['#/run?v=1&scenario=equations', '#/run?v=1&scenario=eight-at-once', '#/run?v=1&scenario=hospital-columns'],
])('fits a phone in German, and is accessible: %s', async (hash) => {
  const { page, faults } = await open(hash, undefined, { width: 390, height: 844 });
  await page.getByRole('button', { name: 'English' }).waitFor();
  // Of a scenario the recorded run, which is there at once.
  if (hash.startsWith('#/run'))
    await page
      .getByTestId('verdict')
      .filter({ hasText: /Die Angreiferin|Die gestohlene/ })
      .waitFor();
  else await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await violationsNow(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(faults).toEqual([]);
  await page.context().close();
});

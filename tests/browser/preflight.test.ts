/** The page that is looked at before a lecture, in a real Chromium: it comes to a summary by itself, and says what to do. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('comes to a summary by itself, takes a clicker’s keys, is accessible, and fits on a phone', async () => {
  const { page, faults, foreign } = await openPage(lent.browser, `${lent.site.address}#/scenarios`);
  await page.getByRole('link', { name: 'Before the lecture' }).click();
  const summary = page.getByTestId('summary');
  await summary.filter({ hasText: 'Checking' }).waitFor();
  await summary.filter({ hasText: 'Ready, with remarks: Graphics processor, Storage' }).waitFor({ timeout: 90_000 });
  const stateOf = (id: string) => page.getByTestId(`check-${id}`).getAttribute('data-state');
  for (const id of ['secure', 'gradient', 'wasm', 'numbers', 'offline', 'newest', 'screen', 'motion', 'fullScreen'])
    expect(await stateOf(id), id).toBe('good');
  expect(await page.getByTestId('check-graphics').textContent()).toContain('no graphics adapter was found');
  expect(await page.getByTestId('check-speed').textContent()).toMatch(/takes about [\d.]+ s here/);
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);

  expect(await stateOf('keyboard')).toBe('open');
  await page.getByTestId('clicker').focus();
  await page.keyboard.press('PageDown');
  expect(await page.getByTestId('check-keyboard').textContent()).toContain('PageDown arrived');
  expect(await stateOf('keyboard')).toBe('good');
  await page.keyboard.press('x');
  expect(await stateOf('keyboard')).toBe('remark');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Try it');

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as text' }).click();
  await page.getByText('Copied.').waitFor();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('Ready, with remarks');
  expect(report).toMatch(/\[good\] Without a network: All \d+ files/);
  expect(report).toMatch(/version [0-9a-f]{12}/);

  expect(await violationsOf(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => stateOf('screen')).toBe('remark');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => stateOf('motion')).toBe('remark');
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('gives the engine back to the lab when it is left in the middle', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/preflight`);
  await page.getByTestId('check-speed').filter({ hasText: 'Running the default scenario' }).waitFor();
  await page.getByTestId('back').click();
  await untilStatus(page, 'finished');
  await page.getByTestId('verdict').filter({ hasText: 'attacker picks the member' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

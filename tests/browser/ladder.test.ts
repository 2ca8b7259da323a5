/** The ladder of goals in a real Chromium: taken on, missed, reached with a defense, and kept. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('is climbed: a goal is taken on from the gallery, missed, reached, and still reached after the page was left', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/scenarios`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.locator('.gallery-card').count()).toBeGreaterThan(40); // scenarios and chains
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: /Change to the/ }).click();
  await page.getByRole('link', { name: 'The ladder' }).click();
  await page.getByRole('heading', { level: 1, name: /ladder of defenses/ }).waitFor();
  const first = page.locator('.ladder-goal').first();
  await page.evaluate(() => window.scrollTo(0, 400));
  await first.getByRole('button', { name: 'Take it on' }).click();
  const goal = page.getByTestId('goal');
  await goal.waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0); // a page is read from its beginning
  await untilStatus(page, 'finished');
  expect(await goal.getAttribute('data-reached')).toBe('false');
  expect(await goal.textContent()).toMatch(/not yet: 0\.8\d/);
  await page.getByText('A hint').click();

  await page.locator('.defense', { hasText: 'DP-SGD' }).getByRole('switch').click({ force: true });
  await page.getByTestId('run').click();
  await page.locator('[data-testid=goal][data-reached=true]').waitFor({ timeout: 60_000 });
  expect(await goal.textContent()).toContain('Reached.');
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    expect(await violationsOf(page), `${size.width} pixels wide`).toEqual([]);
    await page.getByRole('button', { name: /Change to the/ }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }
  await goal.getByRole('link', { name: 'The ladder' }).click();
  await page.getByText('1 of 8 goals reached').waitFor();
  await page.reload();
  await page.getByText('1 of 8 goals reached').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Begin from the bottom' }).click();
  await page.getByText('0 of 8 goals reached').waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

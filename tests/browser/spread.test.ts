/** One option at several values, in a real Chromium: chosen by its name, drawn, said in a sentence, and left again. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');
const small = 'v=1&data.members=100&data.nonMembers=100&model.hidden=16&training.epochs=10&attack.shadowModels=4';

it('spreads the noise of DP-SGD: attack, accuracy and the one against the other, with a sentence; Run comes back to the lanes', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/run?${small}`);
  await untilStatus(page, 'finished');
  await page.locator('.step-defense .unfolding > summary').first().click();
  await page.getByRole('button', { name: /^Noise: try it at five values/ }).click();
  await untilStatus(page, 'running', 10_000);
  await untilStatus(page, 'finished');
  expect(await page.locator('.lane').count()).toBe(0);
  const titles = page.locator('.spread .panel-title');
  expect(await titles.allTextContents()).toEqual([
    'The attack, at each value',
    'Accuracy, at each value',
    'The attack against accuracy',
  ]);
  // What the noise does is said of the lane that has it; the other one trains as before.
  expect(await page.getByTestId('verdict').textContent()).toMatch(
    /^Noise from [\d.]+ to [\d.]+\. Undefended, the attack stays at 0\.\d\d; accuracy stays at \d+ %\. With DP-SGD, the attack (falls|goes) from 0\.\d\d to 0\.\d\d.*; accuracy (falls|goes) from \d+ % to \d+ %/,
  );
  const first = page.locator('.spread .panel').first();
  await first.getByText('Show as table').click();
  await expect.poll(() => first.locator('tbody tr').count()).toBeGreaterThanOrEqual(5);
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(300);
    expect(await violationsOf(page), `${size.width} pixels wide`).toEqual([]);
    await page.getByRole('button', { name: /the light theme/i }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }
  await page.getByTestId('run').click();
  await untilStatus(page, 'finished');
  expect(await page.locator('.lane').count()).toBe(2);
  expect(faults).toEqual([]);
  await page.context().close();
});

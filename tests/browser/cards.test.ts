/** Cards about attacks, defenses and metrics in a real Chromium: opened by keyboard, read, closed, and the focus given back. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsNow, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('says of an attack, a defense and a metric what it is, what was measured, and what this does not show', async () => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/run?v=1`, size);
    await untilStatus(page, 'finished');
    const card = page.getByRole('dialog');
    const attack = page.getByRole('button', { name: 'About: Likelihood-ratio attack (LiRA)' });
    await attack.focus();
    await page.keyboard.press('Enter');
    await card.getByText('Membership Inference Attacks From First Principles').waitFor();
    expect(await card.getByRole('row').count()).toBeGreaterThan(8);
    expect(await card.getByRole('row', { name: /^DP-SGD/ }).textContent()).toMatch(/Attack AUC0\.820\.60/); // docs/attacks.md
    expect(await card.textContent()).toContain('What this toy does not show');
    expect(await violationsNow(page)).toEqual([]);
    await page.keyboard.press('p'); // a letter does nothing behind it
    expect(await page.getByTestId('present').count()).toBe(0);
    await page.keyboard.press('Escape');
    expect(await card.count()).toBe(0);
    expect(await attack.evaluate((button) => button === document.activeElement)).toBe(true);

    await page.getByRole('button', { name: 'About: DP-SGD' }).click();
    expect(await card.getByRole('row', { name: /^Likelihood-ratio/ }).textContent()).toMatch(/0\.820\.60/);
    await page.keyboard.press('Escape');
    await page.getByTestId('metric-0-auc').getByRole('button').click();
    expect(await card.textContent()).toContain('Where it misleads');
    await page.keyboard.press('Escape');
    expect(await violationsOf(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

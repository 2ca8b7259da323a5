/** The page of chains in a real Chromium: opened from the loop or by a link, run, shown on the loop, and left by Back. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('runs a chain, shows on the loop what a defense at the first arrow does to the second, and is accessible', async () => {
  const { page, faults, foreign } = await openPage(
    lent.browser,
    `${lent.site.address}?backend=wasm#/run?v=1&training.epochs=100`,
  );
  await untilStatus(page, 'running');
  await page.getByRole('link', { name: 'Follow the loop' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.getByLabel('Chain', { exact: true }).selectOption('backdoor-through-theft');
  expect(page.url()).toContain('#/chains?chain=backdoor-through-theft');
  await page.getByLabel('Seeds', { exact: true }).selectOption('1');
  await page.getByTestId('chain-run').click();
  await page.locator('[data-testid=chain-status][data-status=finished]').waitFor({ timeout: 120_000 });

  const arrows = page.locator('.chains-arrows li');
  const successAt = async (arrow: number) => Number(/(\d+)(\.\d)? %/.exec((await arrows.nth(arrow).textContent()) ?? '')?.[1]);
  const undefended = await successAt(1);
  expect(undefended).toBeGreaterThan(80);
  await page.getByLabel('Fine-pruning, at arrow 1').check();
  expect(await successAt(1)).toBeLessThan(undefended);
  expect(await page.getByTestId('chain-matrix').locator('tbody tr').count()).toBe(2);
  expect(await page.getByTestId('gain-1').textContent()).toMatch(/Gain from the link: (8|9)\d %/);

  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.waitForTimeout(300);
    expect(await violationsOf(page), `${size.width} pixels wide`).toEqual([]);
    await page.getByRole('button', { name: /Change to the/ }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }

  await page.getByTestId('back').click();
  await untilStatus(page, 'running');
  expect(page.url()).toContain('training.epochs=100');
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('composes a chain of what fits, keeps it in its link, and draws it on the loop', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=backdoor-through-theft`);
  await page.getByText('Compose another chain').click();
  const choices = await page.getByLabel('Arrow 2').locator('option').allTextContents();
  expect(choices.some((text) => text.includes('Knockoff'))).toBe(true);
  expect(choices.some((text) => text.includes('BadNets'))).toBe(false); // takes up nothing
  const alongArrow = (name: string) => page.getByRole('group', { name: 'Go on along an arrow' }).getByRole('button', { name });
  expect(await alongArrow('Data → Model').isDisabled()).toBe(true); // nothing there has a use for a stolen model
  await alongArrow('Model → Data').click();
  await page.getByLabel('Arrow 3').selectOption('mi-face');
  await expect.poll(() => page.locator('.chains-arrows li').count()).toBe(3);
  expect(page.url()).toContain('#/chains?chain=backdoor-through-theft&attacks=badnets,knockoff,mi-face');
  await page.reload();
  await page.getByRole('heading', { name: 'Your own chain' }).waitFor();
  expect(await page.locator('.chains-arrows li').allTextContents()).toEqual([
    expect.stringContaining('Data → Model'),
    expect.stringContaining('Model → Model'),
    expect.stringContaining('Model → Data'),
  ]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('opens a chain by its link, and stops it when the page is left', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=launder-then-train`);
  await page.getByRole('heading', { name: 'Launder, then train' }).waitFor();
  await page.getByTestId('chain-run').click();
  await page.getByTestId('chain-says').filter({ hasText: 'runs' }).waitFor({ timeout: 30_000 });
  await page.getByTestId('chain-stop').click();
  await page.locator('[data-testid=chain-status][data-status=stopped]').waitFor({ timeout: 10_000 });
  expect(faults).toEqual([]);
  await page.context().close();
});

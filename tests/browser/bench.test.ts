/** The page that measures this machine, in a real Chromium: reached by its link and left by Back, with first rows in between. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus } from './site.ts';

const lent = siteAndBrowser('none');

const untilBench = (page: Page, status: string) =>
  page.locator(`[data-testid=bench-status][data-status=${status}]`).waitFor({ timeout: 30_000, state: 'attached' });

/** What the lab is at, whether it is shown or not. */
const labStatus = (page: Page) =>
  page.evaluate(() => {
    const { store } = (window as unknown as { threatloop: { store: { getState(): { run: { status: string } } } } }).threatloop;
    return store.getState().run.status;
  });

it('measures, shows the first rows, stops, is accessible on a projector and on a phone, and Back leads to the lab', async () => {
  const { page, faults, foreign } = await openPage(
    lent.browser,
    `${lent.site.address}?backend=wasm#/run?v=1&training.epochs=100`,
  );
  await untilStatus(page, 'running');
  await page.getByRole('link', { name: 'Measure it' }).click();
  await untilBench(page, 'idle');
  expect(page.url()).toMatch(/#\/bench$/);
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await expect.poll(() => labStatus(page)).toBe('stopped'); // it would disturb what is measured

  await page.getByTestId('measure-stack').click();
  const rows = page.getByTestId('results-stack').locator('tbody tr');
  await rows.nth(1).waitFor({ timeout: 30_000 });
  await page.getByTestId('bench-stop').click();
  await untilBench(page, 'stopped');
  expect(await rows.first().textContent()).toMatch(/^MLP1(Threatloop|tf\.layers), 1 thread[\d.]+/);
  expect(await page.getByTestId('results-stack').locator('.recharts-line').count()).toBeGreaterThan(0);

  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const scheme of ['light', 'dark']) {
      await page.waitForTimeout(300);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${size.width} ${scheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
      await page.getByRole('button', { name: /Change to the/ }).click();
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }

  await page.goBack();
  await untilStatus(page, 'running');
  expect(page.url()).toContain('training.epochs=100');
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('runs no experiment when it is opened by its address, downloads its result, and its link leads to the lab', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/bench`);
  await untilBench(page, 'idle');
  await page.getByText('wasm', { exact: true }).waitFor({ timeout: 30_000 }); // the engine is ready
  expect(await labStatus(page)).toBe('idle');

  await page.getByTestId('measure-stack').click();
  await page.getByTestId('results-stack').locator('tbody tr').first().waitFor({ timeout: 30_000 });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const report = JSON.parse(Buffer.concat(chunks).toString());
  expect(report).toMatchObject({ bench: 'stack', gaps: [], machine: { runtime: expect.stringContaining('Chrome') } });
  expect(report.rows.length).toBeGreaterThan(0);

  await page.getByTestId('back').click(); // while it measures
  await untilStatus(page, 'running');
  expect(page.url()).toContain('#/run?v=1');
  expect(faults).toEqual([]);
  await page.context().close();
});

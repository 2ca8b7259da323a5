/** Protected data in a real Chromium: a table and pictures, read without a key. */
import { expect, it } from 'vitest';
import { metricOn, openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it.each([
  { id: 'hospital-columns', size: { width: 390, height: 844 }, least: 0.74 },
  { id: 'shuffled-faces', size: { width: 1280, height: 720 }, least: 0.9 },
])('$id comes to its verdict, is accessible, and nothing sticks out at $size.width', async ({ id, size, least }) => {
  const { page, faults, foreign } = await openPage(lent.browser, `${lent.site.address}#/run?v=1&scenario=${id}`, size);
  await untilStatus(page, 'finished');
  expect(await metricOn(page, 0, 'recoveryRate')).toBeGreaterThan(least);
  expect(await metricOn(page, 1, 'recoveryRate')).toBeLessThan(least);
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

/** Language models in a real Chromium: scenarios on text, their links, and weights from a file. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { metricOn, openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

const shipped = (name: string) => fileURLToPath(new URL(`../../public/weights/${name}.safetensors`, import.meta.url));
const scenario = (id: string, more = '') => `${lent.site.address}#/run?v=1&scenario=${id}${more}`;

/** Whoever guesses tells one secret in ten thousand, and one code in a thousand. */
it.each([
  { id: 'read-on', size: { width: 1280, height: 720 }, metric: 'extractionRate', least: 0.2 },
  { id: 'ten-examples', size: { width: 390, height: 844 }, metric: 'attackSuccessRate', least: 0.7 },
])('$id comes to its verdict, is accessible, and nothing sticks out at $size.width', async ({ id, size, metric, least }) => {
  const { page, faults, foreign } = await openPage(lent.browser, scenario(id), size);
  await untilStatus(page, 'finished');
  expect(await metricOn(page, 0, metric)).toBeGreaterThan(least);
  expect(await violationsOf(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('reads weights from a file, refuses others in a sentence, and a link with them asks for the file', async () => {
  const { page, faults } = await openPage(lent.browser, scenario('other-dress'));
  await untilStatus(page, 'finished');
  const usual = await metricOn(page, 0, 'attackSuccessRate');
  const file = page.getByTestId('weights-file');
  await page.locator('.step-model').getByText('blocks 2').click();
  await file.setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no weights at all') });
  expect(await page.getByTestId('weights-refusal').textContent()).toMatch(/^notes\.txt cannot be read as weights: .* allowed/);
  await file.setInputFiles(shipped('castle-unknowing'));
  await page.getByText('Begins with the weights of castle-unknowing.safetensors').waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByTestId('run').click();
  await untilStatus(page, 'running');
  await untilStatus(page, 'finished');
  expect(await metricOn(page, 0, 'attackSuccessRate')).toBeLessThan(usual); // it never heard the codes
  const link = page.url();
  await page.context().close();

  const other = await openPage(lent.browser, link);
  await untilStatus(other.page, 'failed');
  expect(await other.page.locator('body').textContent()).toContain('model.weights is "from a file", and none was given');
  expect([...faults, ...other.faults]).toEqual([]);
  await other.page.context().close();
});

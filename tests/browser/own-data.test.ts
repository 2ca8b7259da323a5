/** A person's own data in a real Chromium: brought, looked at, used and run on; refused; and read again by an engine that takes over. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { counting, zip } from '../data-files/build.ts';
import { kill, metricOn, openPage, siteAndBrowser, untilStatus } from './site.ts';

const lent = siteAndBrowser('none');

const small =
  '?backend=wasm#/run?v=1&model.hidden=16&training.epochs=5&attack.shadowModels=4&data.members=100&data.nonMembers=100';

const table = {
  name: 'kinds.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    `height,width,noise,kind\n${counting(120, 3)
      .map((label, row) => `${label + (row % 7) / 5},${2 - label},${(row % 11) / 5},${['ant', 'bee', 'cow'][label]}\n`)
      .join('')}`,
  ),
};

function png(label: number, row: number): Buffer {
  const picture = new PNG({ width: 6, height: 5 });
  picture.data.set(counting(6 * 5 * 4, 4).map((channel) => (channel === 3 ? 255 : channel === label ? 60 + row : 20)));
  return PNG.sync.write(picture);
}
const pictures = {
  name: 'colours.zip',
  mimeType: 'application/zip',
  buffer: Buffer.from(
    zip(
      Object.fromEntries(counting(60, 2).map((label, row) => [`colours/${['red', 'green'][label]}/${row}.png`, png(label, row)])),
    ),
  ),
};

const bring = (page: Page, file: typeof table) => page.getByTestId('own-files').setInputFiles(file);

it('shows a table before it is used, runs on it, and again with the same numbers when the engine dies under it', async () => {
  const { page, faults, foreign } = await openPage(lent.browser, `${lent.site.address}${small}`);
  await untilStatus(page, 'finished');
  await page.getByTestId('own').click();
  await bring(page, table);
  await page.getByTestId('own-use').waitFor();
  const panel = page.getByRole('region', { name: 'Your own data' });
  expect(await panel.getByRole('status').textContent()).toBe(
    'This was read: kinds.csv: 120 rows of 3 features with labels of 3 classes',
  );
  expect(await panel.getByRole('columnheader').allTextContents()).toEqual(['class', 'height', 'width', 'noise']);
  expect(await panel.getByRole('row').nth(2).getByRole('cell').allTextContents()).toEqual(['bee', '1.2', '1', '0.2']);
  await page.getByTestId('own-use').press('Enter');
  await page.getByText('The link in the address bar does not hold your data').waitFor();
  expect(await page.getByTestId('own').evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await page.getByLabel('Dataset', { exact: true }).inputValue()).toBe('own');
  await page.waitForFunction(() => !location.hash.includes('data.'));

  await page.evaluate(() => {
    interface Lab {
      store: { getState(): { edit(change: (experiment: { training: object }) => object): void } };
    }
    const { store } = (window as unknown as { threatloop: Lab }).threatloop;
    store.getState().edit((experiment) => ({ ...experiment, training: { ...experiment.training, epochs: 120 } }));
  });
  const run = async () => {
    await page.getByTestId('run').click();
    await untilStatus(page, 'running');
  };
  const numbers = async () => {
    await untilStatus(page, 'finished');
    return [await metricOn(page, 0, 'auc'), await metricOn(page, 1, 'testAccuracy')];
  };
  await run();
  const expected = await numbers();
  await run();
  await page.waitForFunction(
    () => (document.querySelector('[data-testid=status] progress') as HTMLProgressElement | null)?.value,
  );
  await kill(page, 'engine');
  await page.getByTestId('backend').getByText('Recovered').first().waitFor({ state: 'attached', timeout: 60_000 });
  expect(await numbers()).toEqual(expected);
  expect([faults, foreign]).toEqual([[], []]);
  await page.context().close();
});

it('shows pictures of each class, refuses what is none, and takes what is dropped or loaded from an address', async () => {
  const { page, faults, foreign } = await openPage(lent.browser, `${lent.site.address}${small}`, { width: 390, height: 844 });
  await page.context().route('https://data.example/**', (route) => {
    const found = route.request().url().endsWith('/kinds.csv');
    const headers = { 'access-control-allow-origin': '*' };
    return route.fulfill(found ? { headers, body: table.buffer, contentType: 'text/csv' } : { headers, status: 404 });
  });
  await page.getByTestId('own').click();
  await bring(page, { ...table, name: 'letter.doc' });
  const refusal = page.getByRole('alert');
  expect(await refusal.textContent()).toMatch(/^Not read: letter\.doc is of no known kind; expected: .+\.$/);

  await bring(page, pictures);
  await page.getByTestId('own-use').waitFor();
  expect(await refusal.count()).toBe(0);
  const shown = page.getByTestId('own-pictures').getByRole('listitem');
  expect((await shown.allTextContents()).slice(0, 4)).toEqual(['green', 'red', 'green', 'red']);
  const colour = shown
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      return [...(canvas.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [])];
    });
  expect(await colour).toEqual([20, 61, 20, 255]); // as the file has it
  const { violations } = await new AxeBuilder({ page }).include('.own').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByTestId('own-not').click();

  const load = async (address: string) => {
    await page.getByTestId('own-address').fill(address);
    await page.getByTestId('own-load').click();
  };
  await load('http://data.example/kinds.csv');
  expect(await refusal.textContent()).toContain('one that begins with https:// is expected');
  expect(foreign).toEqual([]); // nothing is asked for before it is allowed
  await load('https://data.example/none.csv');
  await refusal.getByText('answered with status 404').waitFor();
  await load('https://data.example/kinds.csv');
  await page.getByText('kinds.csv: 120 rows').waitFor();
  await page.getByTestId('own-not').click();

  await page.evaluate((text) => {
    const dropped = new DataTransfer();
    dropped.items.add(new File([text], 'dropped.csv'));
    for (const type of ['dragover', 'drop']) {
      const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: dropped });
      document.querySelector('.step-data')?.dispatchEvent(event);
    }
  }, table.buffer.toString());
  await page.getByText('dropped.csv: 120 rows').waitFor();
  expect(faults.filter((fault) => !fault.includes('404'))).toEqual([]);
  expect(foreign).toEqual(['https://data.example/none.csv', 'https://data.example/kinds.csv']);
  await page.context().close();
});

/** Runs that are kept, compared and deleted, and settings that are changed back and forth, in a real Chromium. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { counting } from '../data-files/build.ts';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

/** A run of a second or two. */
const quick = 'v=1&data.members=100&data.nonMembers=100&model.hidden=16&attack.shadowModels=4&training.epochs=5';
const address = (hash: string) => `${lent.site.address}?backend=wasm${hash}`;

interface Lab {
  threatloop: { store: { getState(): { run: { run: number; status: string } } } };
}

/** Presses Run, and waits until that run has finished: it may be over before anybody has seen it run. */
async function runAgain(page: Page): Promise<void> {
  const before = await page.evaluate(() => (window as unknown as Lab).threatloop.store.getState().run.run);
  await page.getByTestId('run').click();
  await page.waitForFunction(
    (last) => {
      const { run, status } = (window as unknown as Lab).threatloop.store.getState().run;
      return run > last && status === 'finished';
    },
    before,
    { timeout: 60_000 },
  );
}

const runs = (page: Page) => page.getByTestId('kept-run');
const seedsOf = (page: Page) => runs(page).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.seed));

it('keeps finished runs over a reload, compares two seeds, opens one again, and deletes all', async () => {
  const { page, faults, foreign } = await openPage(lent.browser, address(`#/run?${quick}`));
  await untilStatus(page, 'finished');
  await page.getByTestId('seed').fill('7');
  await runAgain(page);
  await page.getByTestId('seed').fill('9');
  await page.getByTestId('run').click();
  await untilStatus(page, 'running');
  await page.getByTestId('stop').click(); // what is stopped is not kept
  await untilStatus(page, 'stopped');

  await page.getByRole('link', { name: 'Your runs' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await expect.poll(() => seedsOf(page)).toEqual(['7', '1']);
  await page.reload();
  await expect.poll(() => seedsOf(page)).toEqual(['7', '1']);
  expect(await page.locator('main').textContent()).toContain('Nothing of this leaves your machine.');
  expect(await runs(page).first().textContent()).toMatch(
    /Was this digit in the training data.*LiRA.*seed 7.*Attack AUC 0\.\d\d 0\.\d\d – /,
  );

  expect(await page.getByTestId('compare').count()).toBe(0);
  for (const row of [0, 1]) await runs(page).nth(row).getByRole('button', { name: /^Pin/ }).click();
  await page.getByTestId('compare').waitFor();
  const differences = page.getByTestId('differences').locator('tr:not(.compare-group)');
  expect(await differences.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))).toEqual([
    ['seed', '1', '7'],
  ]);
  expect(await page.getByTestId('compared-0-auc').locator('td').allTextContents()).toEqual([
    expect.stringMatching(/^0\.\d\d 0\.\d\d – /),
    expect.stringMatching(/^0\.\d\d 0\.\d\d – /),
  ]);
  await expect.poll(() => page.locator('.pair text').allTextContents()).toEqual(['1A', '1B', '2A', '2B']);
  await page.getByText('What was brought home').click();
  await page.locator('.finds canvas').first().waitFor();

  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await page.getByTestId('delete-all').click();
    expect(await violationsOf(page), `${size.width} pixels wide`).toEqual([]);
    await page.getByRole('button', { name: /Change to the/ }).click();
    await page.getByRole('button', { name: 'Keep them' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }

  await runs(page).first().getByRole('link').click();
  await expect.poll(() => page.url()).toContain('seed=7');
  expect(page.url()).toContain('model.hidden=16');
  // The run goes on while the list is looked at, and joins it.
  await page.getByRole('link', { name: 'Your runs' }).click();
  await expect.poll(() => seedsOf(page), { timeout: 30_000 }).toEqual(['7', '7', '1']);

  await page
    .getByTestId('compare')
    .getByRole('button', { name: /^Unpin/ })
    .first()
    .press('Enter');
  await page.getByTestId('compare').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');

  await page.getByTestId('delete-all').click();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep them');
  await page.getByTestId('delete-all-yes').click();
  await page.getByText('No run has finished here yet.').waitFor();
  await page.reload();
  await page.getByText('No run has finished here yet.').waitFor();
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('keeps the numbers of a run on a person’s own data, and none of the data', async () => {
  // Own data is in no link: that of the other run is the same.
  const { page, faults } = await openPage(
    lent.browser,
    address('#/run?v=1&model.hidden=16&attack.shadowModels=4&training.epochs=2'),
  );
  await untilStatus(page, 'finished');
  await page.getByTestId('own').click();
  const rows = counting(120, 3).map(
    (label, row) => `${label + (row % 7) / 5},${(row % 11) / 5},${['ant', 'bee', 'cow'][label]}\n`,
  );
  const buffer = Buffer.from(`height,noise,kind\n${rows.join('')}`);
  await page.getByTestId('own-files').setInputFiles({ name: 'kinds.csv', mimeType: 'text/csv', buffer });
  await page.getByTestId('own-use').click();
  await runAgain(page);
  await page.getByRole('link', { name: 'Your runs' }).click();
  await expect.poll(() => runs(page).count()).toBe(2);
  const row = runs(page).first();
  expect(await row.textContent()).toMatch(/On data of your own, which is not kept.*Attack AUC 0\.\d\d/);
  const kept = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((open) => {
      const asked = indexedDB.open('threatloop');
      asked.onsuccess = () => open(asked.result);
    });
    const all = (store: string) =>
      new Promise<object[]>((found) => {
        const asked = database.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => found(asked.result);
      });
    return { runs: JSON.stringify(await all('runs')), finds: await all('finds') };
  });
  expect(kept.finds).toEqual([
    [expect.arrayContaining([expect.anything()]), expect.anything()],
    [[], []],
  ]);
  expect(kept.runs).toContain('"id":"own"');
  expect(kept.runs).not.toMatch(/kinds\.csv|cow|height/);
  const links = await runs(page).evaluateAll((rows) => rows.map((one) => one.querySelector('a')?.href));
  expect(links[0]).toBe(links[1]);
  await runs(page).nth(1).getByRole('link').click();
  await expect.poll(() => page.url()).toContain('#/run');
  expect(await page.getByLabel('Dataset', { exact: true }).inputValue()).toBe('mnist');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('goes on where the browser keeps nothing, and says so in one line', async () => {
  const context = await lent.browser.newContext();
  await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(address(`#/run?${quick}`));
  await untilStatus(page, 'finished');
  await page.getByTestId('notices').getByText('Your runs are not kept').waitFor();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await runAgain(page); // said once
  await page.waitForTimeout(500);
  expect(await page.getByTestId('notices').textContent()).toBe('');
  await page.getByRole('link', { name: 'Your runs' }).click();
  await page.getByRole('status').getByText('Your runs are not kept').waitFor();
  expect(faults).toEqual([]);
  await context.close();
});

it('changes settings back and forth by keys and by buttons; the link and the controls follow, and text fields keep their own keys', async () => {
  const { page, faults } = await openPage(lent.browser, address(`#/run?${quick}`));
  await untilStatus(page, 'finished');
  const seed = page.getByTestId('seed');
  const undo = page.getByRole('button', { name: 'Undo' });
  const redo = page.getByRole('button', { name: 'Redo' });
  expect(await undo.isDisabled()).toBe(true);
  const hash = () => page.evaluate(() => location.hash);
  const before = `#/run?${quick.replace('v=1', 'v=1&scenario=membership')}`;

  await seed.press('End');
  await seed.pressSequentially('23', { delay: 50 }); // typed behind the 1: one step
  await expect.poll(() => page.url()).toContain('seed=123');
  await page.getByLabel('Scenario').selectOption('backdoor');
  await expect.poll(() => page.url()).toContain('scenario=backdoor');

  await page.getByLabel('Scenario').press('Control+z');
  await expect.poll(hash).toBe(before.replace('membership', 'membership&seed=123'));
  expect(await seed.inputValue()).toBe('123');
  await undo.click();
  await expect.poll(hash).toBe(before);
  expect(await seed.inputValue()).toBe('1');
  expect(await page.getByLabel('Scenario').inputValue()).toBe('membership');
  expect(await undo.isDisabled()).toBe(true);

  await redo.press('Control+Shift+Z');
  await expect.poll(() => page.url()).toContain('seed=123');
  await page.locator('body').press('Control+y');
  await expect.poll(() => page.url()).toContain('scenario=backdoor');
  expect(await redo.isDisabled()).toBe(true);

  // In a text field the keys are the browser's.
  await page.getByLabel('Scenario').press('Control+z');
  await expect.poll(() => page.url()).toContain('seed=123');
  await seed.press('End');
  await seed.press('Control+Shift+Z');
  await page.waitForTimeout(400);
  expect(page.url()).toContain('scenario=membership');
  await redo.click();
  await expect.poll(() => page.url()).toContain('scenario=backdoor');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('comes back with Back to the scenario before, with its settings, and forth again', async () => {
  const { page, faults } = await openPage(lent.browser, address(`#/run?${quick}`));
  const scenario = page.getByLabel('Scenario');
  await untilStatus(page, 'finished');
  await page.getByTestId('seed').fill('7'); // a setting is no page of its own
  await expect.poll(() => page.url()).toContain('seed=7');
  await scenario.selectOption('backdoor');
  await expect.poll(() => page.url()).toContain('scenario=backdoor');
  await page.goBack();
  await expect.poll(() => scenario.inputValue()).toBe('membership');
  expect(await page.getByTestId('seed').inputValue()).toBe('7');
  await page.goForward();
  await expect.poll(() => scenario.inputValue()).toBe('backdoor');
  expect(faults).toEqual([]);
  await page.context().close();
});

it('keeps the header in one row on a projector', async () => {
  const { page } = await openPage(lent.browser, address(`#/run?${quick}`));
  const tops = await page
    .locator('.header > *')
    .evaluateAll((parts) =>
      parts.map((part) => part.getBoundingClientRect()).map(({ top, height }) => Math.round(top + height / 2)),
    );
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(6);
  await page.context().close();
});

/** The page of known answers in a real Chromium: compares by itself, shows a figure that differs, and gives its result away. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('compares as soon as it is opened, all agree, and it is accessible on a projector and on a phone', async () => {
  const { page, faults, foreign } = await openPage(
    lent.browser,
    `${lent.site.address}?backend=wasm#/run?v=1&training.epochs=100`,
  );
  await untilStatus(page, 'running');
  await page.evaluate(() => {
    location.hash = '#/scenarios';
  });
  await page.getByRole('link', { name: 'Do the numbers agree?' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  const bar = page.getByTestId('answers');
  const until = (status: string) =>
    page.locator(`[data-testid=answers][data-status=${status}]`).waitFor({ timeout: 60_000, state: 'attached' });
  await until('finished');
  const rows = page.locator('tr[data-testid^=answer-]');
  const count = await rows.count();
  expect(count).toBeGreaterThan(30);
  expect(await page.getByTestId('answers-summary').textContent()).toContain(`✓ ${count} of ${count} comparisons agree`);
  expect(await rows.locator('[data-agrees=false]').count()).toBe(0);
  expect(await page.getByTestId('answer-green-words').textContent()).toContain('lm-watermarking');
  expect(await bar.textContent()).toContain('networks on wasm');

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

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download JSON' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(JSON.parse(Buffer.concat(chunks).toString())).toMatchObject({ backend: 'wasm', agree: count, of: count });

  await page.getByRole('button', { name: 'Compare again' }).focus();
  await page.keyboard.press('Enter');
  await until('running');
  await page.getByTestId('back').click(); // while it compares
  await untilStatus(page, 'running');
  expect(page.url()).toContain('training.epochs=100');
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('shows a figure that differs, and says so in its sentence', async () => {
  const context = await lent.browser.newContext();
  // Somebody else's figure is changed on its way to the page.
  await context.route(/auc_ties-[^/]+\.js$/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.text();
    await route.fulfill({ response: answer, body: body.replace('.28554641598119856', '.28554641698119856') });
  });
  const page = await context.newPage();
  await page.goto(`${lent.site.address}?backend=wasm#/answers`);
  await page.locator('[data-testid=answers][data-status=finished]').waitFor({ timeout: 60_000 });
  const row = page.getByTestId('answer-auc-ties');
  expect(await row.textContent()).toContain('✗ differ');
  expect(await row.textContent()).toContain('1e-9');
  expect(await page.getByTestId('answers-summary').textContent()).toMatch(
    /^✗ 1 of \d+ comparisons does not agree\. The area under a ROC/,
  );
  expect(await page.locator('tr [data-agrees=false]').count()).toBe(1);
  await context.close();
});

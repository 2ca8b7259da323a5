/** WebGPU in a real Chromium, on its software adapter: slow, but the same kernels as on hardware. */
import { expect, it } from 'vitest';
import { metricOn, openPage, siteAndBrowser, untilStatus } from './site.ts';

const lent = siteAndBrowser('software');

/** Small enough for a software adapter: two lanes, LiRA with four shadow models. */
const small = '#/run?v=1&data.members=60&data.nonMembers=60&model.hidden=16&training.epochs=5&attack.shadowModels=4';

it('comes to the same verdict as wasm', async () => {
  const numbers: number[][] = [];
  for (const query of ['?backend=software-webgpu', '?backend=wasm']) {
    const { page, faults } = await openPage(lent.browser, `${lent.site.address}${query}${small}`);
    await untilStatus(page, 'finished', 110_000);
    expect(await page.getByTestId('backend').textContent()).toContain(query.includes('gpu') ? 'webgpu' : 'wasm');
    numbers.push([await metricOn(page, 0, 'auc'), await metricOn(page, 1, 'auc'), await metricOn(page, 0, 'testAccuracy')]);
    expect(faults).toEqual([]);
    await page.context().close();
  }
  // 60 members and 60 others: one pair that changes places moves the AUC by 1/3600; rounding differs between backends.
  (numbers[0] as number[]).forEach((value, i) => expect(value).toBeCloseTo(numbers[1]?.[i] as number, 2));
}, 240_000);

it('without asking for it prefers wasm to a software adapter, and says why', async () => {
  const { page } = await openPage(lent.browser, `${lent.site.address}${small}`);
  await untilStatus(page, 'finished', 60_000);
  const backend = page.getByTestId('backend');
  expect(await backend.textContent()).toContain('wasm');
  expect(await page.locator('body').textContent()).toContain('software adapter');
  await page.context().close();
});

it('goes on on the next rung when the graphics device is lost in the middle', async () => {
  const { page } = await openPage(lent.browser, `${lent.site.address}?backend=software-webgpu${small}`);
  await untilStatus(page, 'running');
  await page.waitForFunction(() => document.querySelector('[data-testid=backend]')?.textContent?.includes('webgpu'), undefined, {
    timeout: 60_000,
  });
  const control = await lent.browser.newBrowserCDPSession();
  await control.send('Browser.crashGpuProcess'); // every graphics device is lost
  await page.waitForFunction(() => document.querySelector('[data-testid=backend]')?.textContent?.includes('wasm'), undefined, {
    timeout: 60_000,
  });
  await untilStatus(page, 'finished', 60_000);
  expect(await page.locator('body').textContent()).toContain('the graphics device was lost'); // the step down is told
  await page.context().close();
}, 240_000);

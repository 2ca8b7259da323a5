/** WebGPU in a real Chromium, on its software adapter: slow, but the same kernels as on hardware. */
import type { Browser, Page } from 'playwright-core';
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

const faults = {
  'the graphics device refused a program': async (_: Browser, page: Page) => {
    for (const worker of page.workers()) {
      await worker.evaluate(() => {
        const { createCommandEncoder } = GPUDevice.prototype;
        GPUDevice.prototype.createCommandEncoder = function (descriptor) {
          this.createBuffer({ size: 4, usage: 0 }); // no use at all is not allowed
          return createCommandEncoder.call(this, descriptor);
        };
      });
    }
  },
  'the graphics device was lost': async (browser: Browser) => {
    const control = await browser.newBrowserCDPSession();
    await control.send('Browser.crashGpuProcess'); // every graphics device is lost
  },
};

it.each(Object.entries(faults))(
  'goes on on the next rung when, in the middle, %s',
  async (told, bringAbout) => {
    const { page } = await openPage(lent.browser, `${lent.site.address}?backend=software-webgpu${small}`);
    await untilStatus(page, 'running');
    const isOn = (backend: string) =>
      page.waitForFunction(
        (name) => document.querySelector('[data-testid=backend]')?.textContent?.includes(`on ${name}`),
        backend,
        { timeout: 60_000 },
      );
    await isOn('webgpu');
    await bringAbout(lent.browser, page);
    await isOn('wasm');
    await untilStatus(page, 'finished', 60_000);
    expect(await page.locator('body').textContent()).toContain(told); // the step down is told
    await page.context().close();
  },
  240_000,
);

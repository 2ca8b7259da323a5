/** The page in a real Chromium without a GPU: it runs by itself, obeys, keeps to its origin, recovers, and is accessible. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { expect, it } from 'vitest';
import { kill, metricOn, type OpenedPage, openPage, siteAndBrowser, untilStatus } from './site.ts';

const lent = siteAndBrowser('none');

/** A run of a second or two, for what does not depend on its numbers. */
const quick = '#/run?v=1&data.members=100&data.nonMembers=100&model.hidden=16&training.epochs=5&attack.shadowModels=4';
/** A run that is still under way when it is interrupted. */
const long = '#/run?v=1&training.epochs=100';

async function closed({ page }: OpenedPage): Promise<void> {
  await page.context().close();
}

it('runs the default scenario by itself to its verdict, with no fault and no request elsewhere', async () => {
  const opened = await openPage(lent.browser, lent.site.address);
  const { page, faults, foreign } = opened;
  await untilStatus(page, 'finished');
  expect(await page.getByTestId('verdict').textContent()).toMatch(
    /attacker picks the member \d+ % of the time \(a coin: 50 %\)\. With DP-SGD it falls/,
  );
  expect(await page.getByTestId('backend').textContent()).toContain('wasm');
  expect(await metricOn(page, 0, 'auc')).toBeGreaterThan(0.75);
  expect(await metricOn(page, 1, 'auc')).toBeLessThan(0.65);
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await closed(opened);
});

it('gives the same numbers when its link is opened again', async () => {
  const first = await openPage(lent.browser, `${lent.site.address}${quick}`);
  await untilStatus(first.page, 'finished');
  const numbers = [
    await metricOn(first.page, 0, 'auc'),
    await metricOn(first.page, 1, 'auc'),
    await metricOn(first.page, 1, 'testAccuracy'),
  ];
  const link = first.page.url();
  await first.page.reload();
  await untilStatus(first.page, 'finished');
  expect([
    await metricOn(first.page, 0, 'auc'),
    await metricOn(first.page, 1, 'auc'),
    await metricOn(first.page, 1, 'testAccuracy'),
  ]).toEqual(numbers);
  await closed(first);

  const second = await openPage(lent.browser, link);
  await untilStatus(second.page, 'finished');
  expect([
    await metricOn(second.page, 0, 'auc'),
    await metricOn(second.page, 1, 'auc'),
    await metricOn(second.page, 1, 'testAccuracy'),
  ]).toEqual(numbers);
  await closed(second);
});

it('pauses, steps one event at a time, goes on and stops', async () => {
  const opened = await openPage(lent.browser, `${lent.site.address}${long}`);
  const { page } = opened;
  // Counts events as they arrive, from outside the page's own state.
  await page.evaluate(() => {
    const own = window as unknown as {
      threatloop: { engine: { subscribe(listener: (m: { type: string }) => void): void } };
      heard: number;
    };
    own.heard = 0;
    own.threatloop.engine.subscribe(({ type }) => {
      if (type === 'event') own.heard++;
    });
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: number }).heard);
  await page.waitForFunction(() => (window as unknown as { heard: number }).heard > 3, undefined, { timeout: 30_000 });

  await page.getByTestId('pause').click();
  await untilStatus(page, 'paused');
  await page.waitForTimeout(1000); // what was on its way arrives
  const paused = await heard();
  await page.waitForTimeout(1500);
  expect(await heard()).toBe(paused);

  for (let step = 1; step <= 3; step++) {
    await page.getByTestId('step').click();
    await page.waitForFunction((count) => (window as unknown as { heard: number }).heard === count, paused + step, {
      timeout: 10_000,
    });
  }

  await page.getByTestId('pause').click(); // the same button goes on
  await page.waitForFunction((count) => (window as unknown as { heard: number }).heard > count + 5, paused, { timeout: 20_000 });
  await page.getByTestId('stop').click();
  await untilStatus(page, 'stopped', 10_000);
  await closed(opened);
});

it.each(['engine', 'trainer'] as const)(
  'recovers when its %s is killed in the middle, says so, and ends with the same numbers',
  async (victim) => {
    const some = '#/run?v=1&data.members=100&data.nonMembers=100&model.hidden=32&training.epochs=60&attack.shadowModels=4';
    const calm = await openPage(lent.browser, `${lent.site.address}${some}`);
    await untilStatus(calm.page, 'finished');
    const expected = await metricOn(calm.page, 0, 'auc');
    await closed(calm);

    const opened = await openPage(lent.browser, `${lent.site.address}${some}`);
    const { page } = opened;
    // In the middle: training has begun. A trainer that dies before that is a rung that did not start.
    await page.waitForFunction(
      () => (document.querySelector('[data-testid=status] progress') as HTMLProgressElement | null)?.value,
      undefined,
      { timeout: 30_000 },
    );
    await kill(page, victim);
    await page.getByTestId('backend').getByText('Recovered').first().waitFor({ state: 'attached', timeout: 60_000 });
    await untilStatus(page, 'finished', 60_000);
    expect(await metricOn(page, 0, 'auc')).toBe(expected);
    await closed(opened);
  },
);

it('keeps the main thread free while training: a long task is the exception', async () => {
  const opened = await openPage(lent.browser, `${lent.site.address}${long}`);
  const { page } = opened;
  await page.waitForFunction(
    () => document.querySelector('[data-testid=status]')?.getAttribute('data-status') === 'running',
    undefined,
    { timeout: 30_000 },
  );
  await page.waitForTimeout(2000); // the first pictures are drawn
  const stalls = stallsBeside(lent.browser);
  const longTasks = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const durations: number[] = [];
        new PerformanceObserver((list) => durations.push(...list.getEntries().map((entry) => entry.duration))).observe({
          type: 'longtask',
        });
        setTimeout(() => resolve(durations), 5000);
      }),
  );
  const stalled = await stalls;
  console.log('long tasks in five seconds of training:', longTasks.map(Math.round), 'stalls of an empty page:', stalled);
  expect(longTasks.length).toBeLessThanOrEqual(longTaskAllowance + busier * stalled);
  await closed(opened);
});

/**
 * How often a page that does nothing but count for ten milliseconds, ten times a second, is held up by twenty or more in five seconds: on
 * a quiet machine never. What the system does to it, it does to ours, which is busier.
 */
async function stallsBeside(browser: Browser): Promise<number> {
  const empty = await browser.newPage();
  const stalls = await empty.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const timed = (turns: number) => {
          const began = performance.now();
          let sum = 0;
          for (let i = 0; i < turns; i++) sum += i % 7;
          return sum >= 0 ? performance.now() - began : 0;
        };
        const fastest = Math.min(...Array.from({ length: 20 }, () => timed(1e6)));
        let held = 0;
        const timer = setInterval(() => {
          if (timed((1e6 * 10) / fastest) >= 30) held++;
        }, 100);
        setTimeout(() => {
          clearInterval(timer);
          resolve(held);
        }, 5000);
      }),
  );
  await empty.close();
  return stalls;
}
const busier = 4;

/** None is what a quiet machine shows; the system may put the page aside once or twice all the same. */
const longTaskAllowance = 2;

/** What people and programs make of links. Each must leave a page that says what was wrong in a sentence, and works. */
const brokenLinks = [
  '#/run?seed=abc',
  '#/run?seed=-1',
  '#/run?v=99',
  '#/run?scenario=lyra',
  '#/run?attack.id=lyra',
  '#/run?data.id=imagenet',
  '#/run?model.id=transformer',
  '#/run?data.members=many',
  '#/run?data.members=999999',
  '#/run?training.epochs=-5',
  '#/run?training.learningRate=1e99',
  '#/run?training.optimizer=magic',
  '#/run?attack.shadowModels=7',
  '#/run?lanes.1.defenses=wall',
  '#/run?lanes.1.defenses=dp-sgd,dp-sgd',
  '#/run?lanes.1.defenses=dp-sgd,relax-loss',
  '#/run?__proto__.polluted=1',
  '#/run?constructor.prototype.polluted=1',
  '#/run?lanes.999.name=x',
  '#/run?data.id=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E',
  '#/run?%E0%A4%A',
  '#/nowhere',
];

it('answers every broken link with a sentence, runs what is left, and nothing that was in the link', async () => {
  const opened = await openPage(lent.browser, `${lent.site.address}${long}`);
  const { page, faults } = opened;
  for (const link of brokenLinks) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, link);
    await page.waitForFunction(
      () => (document.querySelector('[data-testid=notices]')?.textContent ?? '').length > 20,
      undefined,
      { timeout: 10_000 },
    );
    const sentence = (await page.getByTestId('notices').textContent()) ?? '';
    expect(sentence.length, `${link}: ${sentence}`).toBeLessThan(400);
    expect(await page.getByTestId('run').isVisible()).toBe(true);
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `#/run?v=1&seed=${brokenLinks.indexOf(link) + 2}`,
    );
    await page.waitForFunction(() => (document.querySelector('[data-testid=notices]')?.textContent ?? '') === '', undefined, {
      timeout: 10_000,
    });
  }
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  expect(await page.locator('img[src=x]').count()).toBe(0);
  await page.evaluate((hash) => {
    location.hash = hash;
  }, quick);
  await untilStatus(page, 'finished');
  expect(faults).toEqual([]);
  await closed(opened);
});

it.each([
  { width: 1280, height: 720 },
  { width: 390, height: 844 },
])('has no accessibility violation at $width × $height, light and dark, and nothing sticks out', async (size) => {
  const opened = await openPage(lent.browser, `${lent.site.address}${quick}`, size);
  const { page, faults } = opened;
  await untilStatus(page, 'finished');
  for (const scheme of ['light', 'dark']) {
    if (scheme === 'dark') await page.getByRole('button', { name: /dark/i }).click();
    await page.waitForTimeout(300);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(faults).toEqual([]); // changing the theme included
    expect(violations.map(({ id, nodes }) => `${scheme} ${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  await closed(opened);
});

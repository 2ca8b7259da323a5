/** A lecture in a real Chromium: recorded first, led by a clicker's keys alone, with notes in a window of their own, and embedded in slides. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsNow, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');
const open = (hash = '#/run?v=1', search = '?backend=wasm') => openPage(lent.browser, `${lent.site.address}${search}${hash}`);
const watching = (page: Page) => page.getByTestId('verdict').getAttribute('data-watching');

it('shows the recorded verdict before anything has run, then the live one, and moves nothing meanwhile', async () => {
  const { page, faults, foreign } = await open();
  await page.evaluate(() => {
    Object.assign(window, { shifts: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (window as unknown as { shifts: number }).shifts += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.getByTestId('verdict').filter({ hasText: 'picks the member' }).waitFor({ timeout: 10_000 });
  expect(await watching(page)).toBe('recorded');
  const recorded = await page.getByTestId('verdict').textContent();
  await untilStatus(page, 'finished');
  expect(await watching(page)).toBe('live');
  expect(await page.getByTestId('verdict').textContent()).toBe(recorded); // the same seed
  await page.getByTestId('toggle-recorded').click();
  expect(await watching(page)).toBe('recorded');
  await page.getByTestId('run').click();
  expect(await watching(page)).toBe('live');
  expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBeLessThan(0.01); // .0015: the line about the backend
  expect([...faults, ...foreign]).toEqual([]);
  await page.context().close();
});

it('is led through by keys alone: covered until it was guessed, defense on and off, blank, recorded, and left', async () => {
  const { page, faults } = await open();
  await untilStatus(page, 'finished');
  await page.keyboard.press('p');
  const room = page.getByTestId('present');
  await room.waitFor();
  const numbers = () => room.locator('.present-lane dd').allTextContents();
  const step = () => room.locator('.present-head').textContent();
  expect(await numbers()).toEqual(['?', '?']); // the lane with the defense comes later
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  expect(await step()).toContain('Step 3 of 7');
  expect(await violationsNow(page)).toEqual([]);
  await page.keyboard.press('Tab');
  while (!(await page.evaluate(() => document.activeElement?.matches('input[type=range]'))))
    await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight'); // moves the guess, not the lecture
  expect(await step()).toContain('Step 3 of 7');
  await room.focus();
  await page.keyboard.press(' ');
  expect(await numbers()).toEqual([expect.stringMatching(/^0\.8\d$/), expect.stringMatching(/ %$/), '?', '?']);
  expect(await room.textContent()).toMatch(/you guessed 51 of 100; it is 8\d of 100/);
  await page.keyboard.press('PageDown');
  expect(await numbers()).not.toContain('?');
  expect(await room.locator('.present-verdict').textContent()).toMatch(/picks the member/);
  await page.keyboard.press('d');
  expect(await room.locator('.present-lane').count()).toBe(1);
  await page.keyboard.press('d');
  expect(await room.locator('.present-lane').count()).toBe(2);
  await page.keyboard.press('b');
  expect(await room.locator('.present-blank').count()).toBe(1);
  await page.keyboard.press('PageUp');
  expect(await room.locator('.present-blank').count()).toBe(0);
  expect(await step()).toContain('Step 5 of 7'); // the key that shows the screen again does nothing else
  await page.keyboard.press('.');
  await page.mouse.click(600, 300); // whoever has only a mouse
  expect(await room.locator('.present-blank').count()).toBe(0);
  await page.keyboard.press('r');
  expect(await room.locator('.present-head').textContent()).toContain('Recorded');
  await page.keyboard.press('PageUp');
  expect(await numbers()).toContain('?'); // a step is as it was
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('present').count()).toBe(0);
  expect(await page.getByTestId('lane-1').count()).toBe(1);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each(['membership', 'steal'])('fits a projector: %s in numbers of 56 pixels, and everything above 720', async (scenario) => {
  const { page } = await open(`#/run?v=1&scenario=${scenario}`);
  await untilStatus(page, 'finished');
  // In the lab, in the 600 pixels that a projector leaves of it: the verdict, the switch of the defense and what leaks in each lane.
  const defense = page.locator('.verdict-lead').getByRole('button', { name: /^Defense/ });
  for (const part of [page.getByTestId('verdict'), defense, ...(await page.locator('.headlines .metric-value').all())])
    expect(await part.evaluate((element) => element.getBoundingClientRect().bottom)).toBeLessThanOrEqual(600);
  const lanes = page.locator('.lane');
  const off = page.locator('.lane-off');
  await defense.click();
  expect(await off.count()).toBe((await lanes.count()) - 1);
  await defense.click();
  expect(await off.count()).toBe(0);

  await page.keyboard.press('p');
  const room = page.getByTestId('present');
  await room.waitFor();
  const steps = Number(/of (\d)/.exec((await room.locator('.present-head').textContent()) ?? '')?.[1]);
  for (let at = 0; at < steps; at++) {
    const bottom = await page.locator('.present-bar').evaluate((bar) => bar.getBoundingClientRect().bottom);
    expect(bottom).toBeLessThanOrEqual(720);
    expect(
      await page
        .locator('.present-lane dd')
        .first()
        .evaluate((dd) => getComputedStyle(dd).fontSize),
    ).toBe('56px');
    // No lane is empty: a chart, pictures, a column, or the loop while its numbers are covered.
    for (const lane of await room.locator('.present-lane').all())
      expect(await lane.locator(':is(.slot, .present-level, svg:not(.mark))').count()).toBeGreaterThan(0);
    if (at === steps - 3) expect(await violationsNow(page)).toEqual([]); // all is shown, and nothing runs
    await page.keyboard.press('PageDown');
  }
  await page.context().close();
});

it('keeps single letters out of text fields, and away when they are switched off', async () => {
  const { page } = await open();
  await page.getByTestId('seed').fill('12');
  await page.getByTestId('seed').press('p');
  expect(await page.getByTestId('present').count()).toBe(0);
  await page.getByText('Keys', { exact: true }).click();
  await page.getByLabel('Single letters act').press(' ');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('p');
  await page.waitForTimeout(300);
  expect(await page.getByTestId('present').count()).toBe(0);
  await page.getByTestId('present-begin').click(); // the button still does
  await page.getByTestId('present').waitFor();
  await page.context().close();
});

it('tells the story in the lab, at both sizes, and is accessible', async () => {
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/run?v=1`, size);
    await untilStatus(page, 'finished');
    await page.getByTestId('story-begin').click();
    const story = page.getByTestId('story');
    await story.waitFor();
    await page.getByTestId('story-next').click();
    await page.getByTestId('story-next').click();
    expect(await page.locator('.in-focus').count()).toBe(1);
    const [focused, bar] = await Promise.all([page.locator('.in-focus').boundingBox(), story.boundingBox()]);
    expect((focused?.y ?? 0) + (focused?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0); // is to be seen, and not under the bar
    expect(await page.getByTestId('lane-0').textContent()).toContain('Covered');
    expect(await page.locator('.arrow[aria-current]').textContent()).toContain('to be guessed');
    // At its place in the page: what it half covers can be scrolled into sight, and axe takes it for a small target.
    await story.evaluate((bar) => bar.style.setProperty('position', 'static'));
    expect(await violationsOf(page), `${size.width} pixels wide`).toEqual([]);
    await story.evaluate((bar) => bar.style.setProperty('position', ''));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
    for (let at = 2; at < 4; at++) await page.getByTestId('story-next').click({ force: true });
    expect(await page.getByTestId('verdict').textContent()).toMatch(/picks the member/);
    await story.getByRole('button', { name: 'Leave the story' }).click();
    expect(await story.count()).toBe(0);
    expect(faults).toEqual([]);
    await page.context().close();
  }
});

it('has its notes in a window of their own, in step with it', async () => {
  const { page } = await open();
  await untilStatus(page, 'finished');
  await page.keyboard.press('p');
  const [notes] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
  await notes.getByText('Let them vote before the run ends').waitFor();
  await notes.getByRole('button', { name: 'Next' }).click();
  await expect.poll(() => page.locator('.present-head').textContent()).toContain('Step 2 of 7');
  await page.keyboard.press('PageDown');
  await notes.getByText('Step 3 of 7').waitFor();
  await expect.poll(() => notes.getByRole('timer').textContent()).not.toBe('0:00');
  expect(await violationsNow(notes)).toEqual([]);
  await page.context().close();
});

it('embedded, runs only once it is seen, and leads to the whole page', async () => {
  const slides = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><html lang="en"><title>Slides</title><div style="height:3000px"></div><iframe title="Threatloop" width="900" height="600" src="${lent.site.address}?embed=1&backend=wasm#/run?v=1"></iframe>`,
      ),
  );
  await new Promise<void>((ready) => slides.listen(0, '127.0.0.1', ready));
  const { page } = await openPage(lent.browser, `http://localhost:${(slides.address() as AddressInfo).port}/`);
  const frame = page.frameLocator('iframe');
  await page.waitForTimeout(1500);
  expect(page.workers().length).toBe(0);
  await page.locator('iframe').scrollIntoViewIfNeeded();
  await frame.locator('[data-testid=status][data-status=finished]').waitFor({ state: 'attached', timeout: 60_000 });
  expect(await frame.getByTestId('verdict').textContent()).toMatch(/picks the member/);
  expect(await frame.locator('.page-sentence').count()).toBe(0);
  expect(await violationsNow(page)).toEqual([]);
  expect(await frame.getByRole('link', { name: 'Open in Threatloop' }).getAttribute('href')).toContain('#/run?v=1');
  await page.context().close();
  slides.close();
});

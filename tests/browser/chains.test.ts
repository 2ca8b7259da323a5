/** The page of chains in a real Chromium: opened from the loop or by a link, run, shown on the loop, and left by Back. */
import { expect, it } from 'vitest';
import { openPage, siteAndBrowser, untilStatus, violationsNow, violationsOf } from './site.ts';

const lent = siteAndBrowser('none');

it('runs a chain, shows on the loop what a defense at the first arrow does to the second, and is accessible', async () => {
  const { page, faults, foreign } = await openPage(
    lent.browser,
    `${lent.site.address}?backend=wasm#/run?v=1&training.epochs=100`,
  );
  await untilStatus(page, 'running');
  await page.getByRole('link', { name: 'Follow the loop' }).click();
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  await page.getByLabel('Chain', { exact: true }).selectOption('backdoor-through-theft');
  expect(page.url()).toContain('#/chains?chain=backdoor-through-theft');
  await page.getByLabel('Seeds', { exact: true }).selectOption('1');
  await page.getByTestId('chain-run').click();
  await page.locator('[data-testid=chain-status][data-status=finished]').waitFor({ timeout: 120_000 });

  const arrows = page.locator('.chains-arrows li');
  const successAt = async (arrow: number) => Number(/(\d+)(\.\d)? %/.exec((await arrows.nth(arrow).textContent()) ?? '')?.[1]);
  const undefended = await successAt(1);
  expect(undefended).toBeGreaterThan(80);
  await page.getByLabel('Fine-pruning, at arrow 1').check();
  expect(await successAt(1)).toBeLessThan(undefended);
  expect(await page.getByTestId('chain-matrix').locator('tbody tr').count()).toBe(2);
  expect(await page.getByTestId('gain-1').textContent()).toMatch(/Gain from the link: \+(8|9)\d points/);

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

  await page.getByTestId('back').click();
  await untilStatus(page, 'running');
  expect(page.url()).toContain('training.epochs=100');
  expect(faults).toEqual([]);
  expect(foreign).toEqual([]);
  await page.context().close();
});

it('composes a chain of what fits, keeps it in its link, and draws it on the loop', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=backdoor-through-theft`);
  await page.getByText('Compose another chain').click();
  const choices = await page.getByLabel('Arrow 2').locator('option').allTextContents();
  expect(choices.some((text) => text.includes('Knockoff'))).toBe(true);
  expect(choices.some((text) => text.includes('BadNets'))).toBe(false); // takes up nothing
  const alongArrow = (name: string) => page.getByRole('group', { name: 'Go on along an arrow' }).getByRole('button', { name });
  expect(await alongArrow('Data → Model').isDisabled()).toBe(true); // nothing there has a use for a stolen model
  await alongArrow('Model → Data').click();
  await page.getByLabel('Arrow 3').selectOption('mi-face');
  await expect.poll(() => page.locator('.chains-arrows li').count()).toBe(3);
  expect(page.url()).toContain('#/chains?chain=backdoor-through-theft&attacks=badnets,knockoff,mi-face');
  await page.reload();
  await page.getByRole('heading', { name: 'Your own chain' }).waitFor();
  expect(await page.locator('.chains-arrows li').allTextContents()).toEqual([
    expect.stringContaining('Data → Model'),
    expect.stringContaining('Model → Model'),
    expect.stringContaining('Model → Data'),
  ]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('draws a chain on the loop with the mouse, sets an option, and finds both again by the link', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=steal-then-invert`);
  await page.getByRole('button', { name: 'Draw a chain anew' }).click();
  const middleOf = async (asset: string) => {
    const box = await page.getByTestId(`node-${asset}`).boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
  };
  const stroke = async (from: string, to: string) => {
    const [[x, y], [toX, toY]] = [await middleOf(from), await middleOf(to)];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 60); // out of the node, and back where it is a loop
    await page.mouse.move(toX, toY);
    await page.mouse.up();
  };
  await stroke('data', 'model');
  await page.getByText('Now the arrow that takes up what the first brings home').waitFor();
  await stroke('model', 'model');
  const drawn = page.locator('.chains-arrows li');
  await expect
    .poll(() => drawn.allTextContents())
    .toEqual([expect.stringContaining('Data → Model'), expect.stringContaining('Model → Model')]);
  await page.getByTestId('draw-model-to-data').dispatchEvent('pointerup'); // by a click on the dashed arrow
  await expect.poll(() => drawn.count()).toBe(3);
  await page.getByText('Compose another chain').click();
  await page.getByLabel('Arrow 2', { exact: true }).selectOption('knockoff');
  await page.getByText('Options of arrow 2').click();
  await page.getByRole('textbox', { name: 'Questions' }).fill('700');
  await expect.poll(() => page.url()).toContain('1.queries=700');
  await page.reload();
  await page.getByText('Compose another chain').click();
  await page.getByText('Options of arrow 2').click();
  expect(await page.getByRole('textbox', { name: 'Questions' }).inputValue()).toBe('700');
  expect(await drawn.count()).toBe(3);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('presents a chain by keys alone: arrow by arrow, asked before it is shown, with notes in a window of their own', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=backdoor-through-theft`);
  await page.getByTestId('chain-matrix').waitFor(); // recorded
  await page.keyboard.press('p');
  const room = page.getByTestId('present');
  await room.waitFor();
  const numbers = () => room.locator('.present-value').allTextContents();
  const next = () => page.keyboard.press('PageDown');
  expect(await numbers()).toEqual([]);
  await next();
  expect(await numbers()).toEqual(['93 %']);
  await next();
  expect(await room.locator('em').textContent()).toBe('Does the copy have the backdoor too?');
  expect(await numbers()).toEqual(['93 %', '?']);
  const [speaker] = await Promise.all([page.waitForEvent('popup'), page.keyboard.press('s')]);
  await speaker.getByRole('heading', { name: 'A backdoor through theft' }).waitFor();
  expect(await speaker.locator('.speaker-now').textContent()).toContain('a thief, who knows nothing of that');
  await speaker.keyboard.press('PageDown');
  await expect.poll(numbers).toEqual(['93 %', '94 %']);
  for (const size of [
    { width: 1280, height: 720 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    expect(await violationsNow(page), `${size.width} pixels wide`).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }
  await next();
  expect(await room.textContent()).toMatch(/Fine-pruning93 % → 75 %Attack success · −18 points with the defense.*94 % → 75 %/);
  await page.keyboard.press('b');
  expect(await numbers()).toEqual([]);
  await page.keyboard.press(' '); // any key that goes on shows it again
  expect(await numbers()).toEqual(['93 % → 75 %', '94 % → 75 %']);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1, name: 'How risk travels' }).waitFor();
  expect(faults).toEqual([]);
  await page.context().close();
});

it('opens a chain by its link, and stops it when the page is left', async () => {
  const { page, faults } = await openPage(lent.browser, `${lent.site.address}?backend=wasm#/chains?chain=launder-then-train`);
  await page.getByRole('heading', { name: 'Launder, then train' }).waitFor();
  await page.getByTestId('chain-run').click();
  await page.getByTestId('chain-says').filter({ hasText: 'runs' }).waitFor({ timeout: 30_000 });
  await page.getByTestId('chain-stop').click();
  await page.locator('[data-testid=chain-status][data-status=stopped]').waitFor({ timeout: 10_000 });
  expect(faults).toEqual([]);
  await page.context().close();
});

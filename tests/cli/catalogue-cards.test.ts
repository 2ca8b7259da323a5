/** The cards of the page say what the catalogue measured, and there is something to say of every member. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cardFigures } from '../../src/cli/catalogue-cards.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { measuredAgainst } from '../../src/store/measured.ts';

it('cards and catalogue are made from the same figures', async () => {
  const entries = JSON.parse(await readFile('docs/attacks.json', 'utf8'));
  for (const [attack, rows] of Object.entries(cardFigures(entries))) expect(measuredAgainst(attack)).toEqual(rows);
});

it('nearly every attack has a defense that was measured', () => {
  const without = catalog.attacks.filter(({ id }) => measuredAgainst(id).length === 0).map(({ id }) => id);
  // Nothing here stands against either: a logo lies where it lies, and prompts that worked are asked of whatever was opened.
  expect(without).toEqual(['secret-prompting', 'logo-matting']);
});

/** The figures of the catalogue as the page's cards need them: an attack's own number, without and with each defense. */
import { find } from '../core/experiment.ts';
import { catalog } from '../lab/catalog.ts';
import type { CatalogueEntry } from './catalogue.ts';

export function cardFigures(entries: readonly CatalogueEntry[]) {
  return Object.fromEntries(
    entries.map(({ attack, rows }) => {
      const [metric] = find(catalog.attacks, 'attack', attack).metrics;
      const without = rows.find(({ defense }) => defense === null)?.metrics[metric]?.value;
      const figures = rows.flatMap(({ defense, metrics }) => {
        const { value, low, high } = metrics[metric] ?? {};
        if (!defense || value == null || low == null || high == null || without == null) return [];
        return [
          { defense: defense.id, metric, without: digits(without), value: digits(value), low: digits(low), high: digits(high) },
        ];
      });
      return [attack, figures];
    }),
  );
}

/** More than a card shows. */
const digits = (value: number) => Number(value.toPrecision(4));

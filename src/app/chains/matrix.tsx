/** What each defense changes at each arrow, with its interval: a change whose interval holds no 0 stands out. */
import type { MetricName, MetricValue } from '../../core/event.ts';
import { said } from '../../languages/said.ts';
import { differenceNumber, differenceText } from '../../panels/format.ts';
import { shownNews } from '../../store/chain-store.ts';
import { texts } from '../../store/texts.ts';
import { useChain } from '../lab-context.ts';

export function ChainMatrix() {
  const result = useChain((state) => shownNews(state)?.result);
  if (!result || result.matrix.length === 0) return null;
  const { links, matrix } = result;
  return (
    <section className="chains-matrix" aria-label={texts.chains.matrix} data-testid="chain-matrix">
      <h2>{texts.chains.matrix}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.chains.defense}</th>
            {links.map(({ measure }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
              <th scope="col" key={i}>
                {texts.chains.column(i + 1, texts.metrics[measure].name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.map(({ name, at, changes }) => (
            <tr key={`${name} ${at}`}>
              <th scope="row">{texts.chains.defenseAt(said(name), at + 1)}</th>
              {changes.map((change, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
                <td key={i} className={kindOf(change)}>
                  {cellText(links[i]?.measure as MetricName, change)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function kindOf(change: MetricValue | null): string {
  if (change?.low == null || change.high === null) return '';
  return change.high < 0 ? 'chains-less' : change.low > 0 ? 'chains-more' : '';
}

function cellText(measure: MetricName, change: MetricValue | null): string {
  if (!change) return texts.chains.before;
  if (change.value === null) return '–';
  const value = differenceText(measure, change.value);
  if (change.low === null || change.high === null || change.low === change.high) return value;
  return texts.chains.changed(value, differenceNumber(measure, change.low), differenceNumber(measure, change.high));
}

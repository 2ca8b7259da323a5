/** The comparisons of one family as a table: a row for each, with the two figures that lie furthest apart. */
import { memo } from 'react';
import type { Checked } from '../../known-answers/judge.ts';
import { inFull, limitOf, size } from '../../known-answers/summary.ts';
import { said } from '../../languages/said.ts';
import { texts } from '../../store/texts.ts';

interface FamilyTableProps {
  readonly family: string;
  readonly results: readonly Checked[];
}

export function FamilyTable({ family, results }: FamilyTableProps) {
  if (results.length === 0) return null;
  return (
    <section className="answers-family">
      <h2>{said(family)}</h2>
      <table aria-label={said(family)}>
        <thead>
          <tr>
            {Object.entries(texts.answers.columns).map(([id, says]) => (
              <th key={id} scope="col" className={`answers-${id}`}>
                {says}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <Row key={result.id} result={result} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Drawn once: the others come while it stands. */
const Row = memo(function Row({ result }: { readonly result: Checked }) {
  const { id, says, source, file, count, ours, theirs, apart, allowed, agrees, failure } = result;
  const { columns } = texts.answers;
  return (
    <tr data-testid={`answer-${id}`}>
      <th scope="row">
        {said(says)} <small>{failure ? said(failure) : texts.answers.count(count)}</small>
      </th>
      <td>
        {said(source)} {file && <small>{file}</small>}
      </td>
      <Figure name={columns.ours}>{ours === null ? '–' : inFull(ours)}</Figure>
      <Figure name={columns.theirs}>{theirs === null ? '–' : inFull(theirs)}</Figure>
      <Figure name={columns.apart}>{apart === null ? '–' : size(apart)}</Figure>
      <td className="answers-figure" data-name={columns.allowed}>
        {said(limitOf(allowed))} <small>{said(allowed.because)}</small>
      </td>
      <td className="answers-agrees" data-agrees={agrees}>
        <span aria-hidden="true">{agrees ? '✓' : '✗'}</span> {agrees ? texts.answers.agrees : texts.answers.differs}
      </td>
    </tr>
  );
});

/** Where the table has no room for columns, each figure has its name beside it. */
function Figure({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <td className="answers-figure" data-name={name}>
      {children}
    </td>
  );
}

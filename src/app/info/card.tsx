/** One card: what it is and why it works, what helps and what that was measured to do, the paper, and what this toy does not show. */
import { type ReactNode, useEffect, useRef } from 'react';
import { find } from '../../core/experiment.ts';
import { said } from '../../languages/said.ts';
import { metricText } from '../../panels/format.ts';
import { defenseLimit, familyLimits, metricLimits } from '../../store/card-texts.ts';
import { type Measured, measuredAgainst } from '../../store/measured.ts';
import { texts } from '../../store/texts.ts';
import { useLabParts } from '../lab-context.ts';
import { PaperLine } from '../paper-line.tsx';
import type { Subject } from './info-button.tsx';
import './info.css';

interface CardProps {
  readonly subject: Subject;
  readonly onClose: () => void;
}

export default function Card({ subject, onClose }: CardProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // The browser's own dialog keeps the focus inside, closes on Escape and gives the focus back.
    <dialog ref={dialog} className="info-card" aria-labelledby="info-title" onClose={onClose}>
      <form method="dialog">
        <button type="submit">{texts.cards.close}</button>
      </form>
      <Content subject={subject} />
    </dialog>
  );
}

function Content({ subject }: Pick<CardProps, 'subject'>) {
  const { catalog } = useLabParts();
  switch (subject.kind) {
    case 'attack': {
      const attack = find(catalog.attacks, 'attack', subject.id);
      const things = attack.knows.map((thing) => texts.steps.knows[thing]).join(', ');
      const rows = measuredAgainst(attack.id);
      const others = catalog.defenses.filter(
        ({ id, against }) => against.includes(attack.family) && !rows.some(({ defense }) => defense === id),
      );
      return (
        <>
          <Title kind={said(attack.family)}>{attack.title}</Title>
          <Part title={texts.cards.what}>{attack.says}</Part>
          <Part title={texts.cards.needs}>
            {texts.steps.sees[attack.access]} {things && texts.steps.has(things)}
          </Part>
          <h3>{texts.cards.defend}</h3>
          {rows.length > 0 && <MeasuredTable rows={rows} nameOf={(id) => find(catalog.defenses, 'defense', id).title} />}
          {others.length > 0 && <p>{texts.cards.others(others.map(({ title }) => title))}</p>}
          <PaperLine paper={attack.paper} />
          <Part title={texts.cards.limits}>{said(familyLimits[attack.family])}</Part>
        </>
      );
    }
    case 'defense': {
      const defense = find(catalog.defenses, 'defense', subject.id);
      const rows = catalog.attacks.flatMap(({ id }) =>
        measuredAgainst(id)
          .filter((row) => row.defense === defense.id)
          .map((row) => ({ ...row, defense: id })),
      );
      return (
        <>
          <Title kind={texts.cards.against(defense.against.map(said))}>{defense.title}</Title>
          <Part title={texts.cards.what}>{defense.says}</Part>
          <h3>{texts.cards.measured}</h3>
          {rows.length > 0 ? (
            <MeasuredTable rows={rows} nameOf={(id) => find(catalog.attacks, 'attack', id).title} />
          ) : (
            <p>{texts.cards.unmeasured}</p>
          )}
          <PaperLine paper={defense.paper} />
          <Part title={texts.cards.limits}>
            {said(defenseLimit)} {defense.against[0] && said(familyLimits[defense.against[0]])}
          </Part>
        </>
      );
    }
    case 'metric': {
      const { name, says } = texts.metrics[subject.id];
      return (
        <>
          <Title kind={texts.cards.metric}>{name}</Title>
          <Part title={texts.cards.what}>{says}</Part>
          <Part title={texts.cards.interval}>{texts.cards.intervalSays}</Part>
          <Part title={texts.cards.misleads}>{said(metricLimits[subject.id])}</Part>
        </>
      );
    }
    default:
      return subject satisfies never;
  }
}

const Title = ({ kind, children }: { readonly kind: string; readonly children: ReactNode }) => (
  <>
    <h2 id="info-title">{children}</h2>
    <p className="info-kind">{kind}</p>
  </>
);

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <>
    <h3>{title}</h3>
    <p>{children}</p>
  </>
);

/** Without the defense and with it, at six seeds. */
function MeasuredTable({ rows, nameOf }: { readonly rows: readonly Measured[]; readonly nameOf: (id: string) => string }) {
  return (
    <table className="info-table">
      <thead>
        <tr>
          {texts.cards.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ defense, metric, without, value, low, high }) => (
          <tr key={defense}>
            <th scope="row">{nameOf(defense)}</th>
            <td>{texts.metrics[metric].name}</td>
            <td>{metricText(metric, without)}</td>
            <td>
              <b>{metricText(metric, value)}</b> {texts.chains.between(metricText(metric, low), metricText(metric, high))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What was measured on. */
import { said } from '../../languages/said.ts';
import type { Machine } from '../../store/bench-view.ts';
import { texts } from '../../store/texts.ts';
import { useLab } from '../lab-context.ts';

export const machine: Machine = { cores: navigator.hardwareConcurrency, runtime: navigator.userAgent };

export function MachineFacts() {
  const backend = useLab((state) => state.run.backend);
  const words = texts.bench.machine;
  const facts = [
    [words.backend, backend?.name ?? words.unknown],
    [words.trainers, backend?.workers ?? words.unknown],
    [words.cores, machine.cores],
    [words.browser, machine.runtime],
  ];
  return (
    <section className="bench-machine" aria-label={words.heading}>
      <h2>{words.heading}</h2>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {backend && backend.ladder.length > 0 && (
        <ul>
          {backend.ladder.map((line) => (
            <li key={line}>{said(line)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** docs/attacks.md, from the declarations and from what was measured. */
import type { Attack, Paper } from '../core/attack.ts';
import type { MetricName, MetricValue } from '../core/event.ts';
import { find } from '../core/experiment.ts';
import { allowed } from '../core/params.ts';
import { catalog } from '../lab/catalog.ts';
import type { CatalogueEntry, CatalogueRow } from './catalogue.ts';
import { worthOf } from './catalogue-experiments.ts';

const preface = `# Attacks and defenses, measured

Made by \`npm run catalogue\`: from the declarations of the attacks and defenses, and from real runs. Every number is a mean over six
seeds, with Student's 95 % interval over them. A *change* is against the undefended lane of the same seed, so it is sharper than the
difference of two intervals: **lower** and **higher** mean that its interval leaves out 0,
*next to none* that it lies within .01 of it. Nothing is left out because it does not
work: what fails at this scale is shown failing, and a defense that makes an attack stronger is called a false friend. *Who knows of it* is
the same attack by somebody who knows that the defense is there and acts on it (the option \`adaptive\`); where she does worse than one who
does not know, she would not do it.

The experiments are small ones (the line under each attack says which), made so that all of this takes under an hour on two cores. Options
are the usual ones unless shown.
`;

export function cataloguePage(entries: readonly CatalogueEntry[]): string {
  const families = [...new Set(catalog.attacks.map(({ family }) => family))];
  const sections = families.flatMap((family) => {
    const own = entries.filter(({ attack }) => find(catalog.attacks, 'attack', attack).family === family);
    return own.length ? [`## ${family[0]?.toUpperCase()}${family.slice(1)}\n`, ...own.map(sectionOf)] : [];
  });
  return `${[preface, ...sections].join('\n')}\n## Defenses\n\n${catalog.defenses.map(defenseOf).join('\n')}`;
}

function sectionOf({ attack: id, experiment, rows }: CatalogueEntry): string {
  const attack = find(catalog.attacks, 'attack', id);
  const [headline] = attack.metrics;
  const { data, protection, model, training } = experiment;
  const setting =
    `${data.members === undefined ? '' : `${data.members} examples of `}\`${data.id}\`${protection ? ` behind \`${protection.id}\`` : ''}, \`${model.id}\`, ` +
    `${training.epochs} ${training.epochs === 1 ? 'epoch' : 'epochs'} of ${training.optimizer}` +
    `${optionsOf(experiment.attack)}`;
  const measured = rows.filter(({ refused }) => refused === undefined);
  const also = (['detectionRate', 'falseAlarmRate'] as const).filter((name) => measured.some(({ metrics }) => metrics[name]));
  const knows = measured.some(({ knowing }) => knowing);
  const worth = worthOf(attack);
  const columns = ['Defense', headline, 'change', ...(knows ? ['who knows of it'] : []), worth, 'change', ...also];
  const table = [
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => ' --- |').join('')}`,
    ...measured.map((row) => `| ${cellsOf(row, headline, worth, knows, also).join(' | ')} |`),
  ];
  const refusals = rows.filter(({ refused }) => refused !== undefined);
  const notHere = refusals.length ? `\nNot measured here: ${refusals.map(({ refused }) => refused).join('; ')}.\n` : '';
  return `### ${attack.title} (\`${id}\`)\n\n${attack.says}\n\n${paperOf(attack.paper)} ${accessOf(attack)}\n\nMeasured on ${setting}.\n\n${table.join('\n')}\n${notHere}`;
}

function cellsOf(
  { defense, metrics, change, knowing }: CatalogueRow,
  headline: MetricName,
  worth: MetricName,
  knows: boolean,
  also: readonly MetricName[],
): string[] {
  const { id, ...options } = (defense ?? {}) as { id?: string } & Record<string, unknown>;
  const usual = id ? find(catalog.defenses, 'defense', id).params : {};
  const said = Object.entries(options).filter(([key, value]) => usual[key]?.initial !== value);
  const name = id ? `\`${id}\`${said.length ? ` (${said.map(([key, value]) => `${key} ${value}`).join(', ')})` : ''}` : 'none';
  return [
    name,
    shown(metrics[headline]),
    changed(change?.headline, true),
    ...(knows ? [defense ? shown(knowing) : ''] : []),
    shown(metrics[worth]),
    changed(change?.worth, false),
    ...also.map((one) => shown(metrics[one])),
  ];
}

function shown(metric: MetricValue | undefined): string {
  if (metric?.value == null || metric.low === null || metric.high === null) return '–';
  const signed = (value: number) => digits(value).replace('-', '−');
  return `${signed(metric.value)} [${signed(metric.low)}, ${signed(metric.high)}]`;
}

/** Six seeds may tell a change from none that nobody would mind. */
const leastChange = 0.01;

/** @param isAttack for an attack, higher is worse: a defense that raises it is none */
function changed(interval: readonly [number, number] | undefined, isAttack: boolean): string {
  if (!interval?.every(Number.isFinite)) return '';
  const [low, high] = interval;
  const text = `[${signed(low)}, ${signed(high)}]`;
  if (Math.max(-low, high) < leastChange) return `next to none ${text}`;
  if (high < 0) return `**lower** ${text}`;
  if (low > 0) return isAttack ? `**higher: a false friend** ${text}` : `**higher** ${text}`;
  return `none to be seen ${text}`;
}

const digits = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3).replace(/^(-?)0\./, '$1.'));
const signed = (value: number) => `${value >= 0 ? '+' : '−'}${digits(Math.abs(value))}`;

const optionsOf = ({ id, ...options }: CatalogueEntry['experiment']['attack']) => {
  const { params } = find(catalog.attacks, 'attack', id);
  const said = Object.entries(options).filter(([key, value]) => JSON.stringify(params[key]?.initial) !== JSON.stringify(value));
  return said.length ? `; ${said.map(([key, value]) => `${key} ${value}`).join(', ')}` : '';
};

const paperOf = ({ authors, title, venue, year, arxiv, doi }: Paper) =>
  `${authors}: *${title}*, ${venue} ${year}${arxiv ? `, arXiv:${arxiv}` : doi ? `, doi:${doi}` : ''}.`;

const accessOf = ({ access, knows }: Attack) =>
  `Access: ${access}${knows.length ? `; the attacker also has: ${knows.join(', ')}` : ''}.`;

function defenseOf({ id, title, says, paper, against, params }: (typeof catalog.defenses)[number]): string {
  const options = Object.entries(params).map(
    ([key, param]) => `  - \`${key}\`: ${JSON.stringify(param.initial)} (${allowed(param)}). ${param.says}`,
  );
  return `- **${title}** (\`${id}\`), against ${against.join(', ')}. ${says} ${paperOf(paper)}\n${options.join('\n')}${options.length ? '\n' : ''}`;
}

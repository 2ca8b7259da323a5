/** What attacks, scenarios and runs have to say, as copies in the language of the page. The names by which they are found stay. */
import type { ChainLesson } from '../chains/chain.ts';
import type { Evidence, TextSpan } from '../core/evidence.ts';
import type { Catalog } from '../core/experiment.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { type Language, languageStore } from './language.ts';
import { said } from './said.ts';

/** Of each thing the last copy, and in which language it is. */
const copies = new WeakMap<object, { readonly language: Language; readonly copy: object }>();

function copied<T extends object>(original: T, make: () => T): T {
  const { language } = languageStore.getState();
  if (language === 'en') return original;
  const known = copies.get(original);
  if (known?.language === language) return known.copy as T;
  const copy = make();
  copies.set(original, { language, copy });
  return copy;
}

const told = <T extends { readonly title: string; readonly says: string }>(one: T): T => ({
  ...one,
  title: said(one.title),
  says: said(one.says),
});

/** What is said while it is shown to others. */
const lecture = <T extends { readonly say: string; readonly ask?: string }>({
  notes,
  story,
}: {
  notes: string;
  story: readonly T[];
}) => ({
  notes: said(notes),
  story: story.map((step) => ({ ...step, say: said(step.say), ...(step.ask && { ask: said(step.ask) }) })),
});

export const catalogInLanguage = (catalog: Catalog): Catalog =>
  copied(catalog, () => ({
    ...catalog,
    datasets: catalog.datasets.map((dataset) => {
      const { what, from, licence, limits } = dataset.card;
      const card = { what: said(what), from: said(from), licence: said(licence), limits: said(limits) };
      return { ...dataset, title: said(dataset.title), card: { ...dataset.card, ...card } };
    }),
    protections: catalog.protections.map(told),
    models: catalog.models.map(told),
    attacks: catalog.attacks.map(told),
    defenses: catalog.defenses.map(told),
  }));

export const scenariosInLanguage = (scenarios: readonly Scenario[]): readonly Scenario[] =>
  copied(scenarios as Scenario[], () => scenarios.map((scenario) => ({ ...told(scenario), ...lecture(scenario) })));

export const lessonsInLanguage = (lessons: readonly ChainLesson[]): readonly ChainLesson[] =>
  copied(lessons as ChainLesson[], () =>
    lessons.map((lesson) => ({
      ...told(lesson),
      ...lecture(lesson),
      hypothesis: said(lesson.hypothesis),
      found: said(lesson.found),
    })),
  );

export const evidenceInLanguage = (evidence: Evidence): Evidence => copied(evidence, () => sayEvidence(evidence));

/** What somebody wrote stays as it was written, and has no capitals; what is said about it has, or ends in a colon. */
function remark({ text, mark }: TextSpan): string {
  return mark || !/^\s*[A-Z]|:\s*$/.test(text) ? text : said(text);
}

const named = <T extends { readonly name: string }>(one: T): T => ({ ...one, name: said(one.name) });

function sayEvidence(evidence: Evidence): Evidence {
  const title = said(evidence.title);
  switch (evidence.kind) {
    case 'curve':
      return {
        ...evidence,
        title,
        xLabel: said(evidence.xLabel), // yLabel stays: whoever draws the curve goes by it, and says it then
        lines: evidence.lines.map(named),
      };
    case 'histogram':
      return { ...evidence, title, xLabel: said(evidence.xLabel), groups: evidence.groups.map(named) };
    case 'scatter':
      return { ...evidence, title, groups: evidence.groups.map(named) };
    case 'confusion':
      return { ...evidence, title, classes: evidence.classes.map(said) };
    case 'images':
      return { ...evidence, title, items: evidence.items.map((item) => ({ ...item, caption: said(item.caption) })) };
    case 'table':
      return {
        ...evidence,
        title,
        columns: evidence.columns.map(said),
        rows: evidence.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? said(cell) : cell))),
      };
    case 'verdict':
      return { ...evidence, title, sentence: said(evidence.sentence) };
    case 'text':
      return { ...evidence, title, spans: evidence.spans.map((span) => ({ ...span, text: remark(span) })) };
    case 'roc':
      return { ...evidence, title };
    default:
      return evidence satisfies never;
  }
}

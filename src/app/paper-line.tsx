/** The paper that an attack or a defense comes from. */
import type { Paper } from '../core/attack.ts';
import { texts } from '../store/texts.ts';

/** A paper is named, not linked: nothing on this page leads to another origin by itself. */
export function PaperLine({ paper: { authors, title, venue, year, arxiv } }: { readonly paper: Paper }) {
  return (
    <p className="step-says paper">
      {texts.steps.paper}: {authors}, <cite>{title}</cite>, {venue} {year}
      {arxiv && `, arXiv:${arxiv}`}
    </p>
  );
}

/** Deduplication: a text that is there many times is learned once. It lowers what is repeated to what is there once, and no further. */
import { defineDefense } from '../core/defense.ts';
import { count, range } from '../core/params.ts';

export default defineDefense({
  id: 'deduplication',
  title: 'Deduplication',
  says: 'Learns each text once, however often it is there, near copies included. Costs nothing but the looking; what is there once stays.',
  paper: {
    title: 'Deduplicating Training Data Makes Language Models Better',
    authors: 'Lee, Ippolito, Nystrom, Zhang, Eck, Callison-Burch, Carlini',
    venue: 'ACL',
    year: 2022,
    arxiv: '2107.06499',
  },
  against: ['training data extraction'],
  params: {
    similarity: range({
      label: 'Near copies',
      says: 'Two texts are copies where they share this much of their pieces (Jaccard); 1 takes only those with the same pieces.',
      min: 0.5,
      max: 1,
      step: 0.05,
      initial: 0.8,
    }),
    piece: count({
      label: 'Length of a piece',
      says: 'Characters in each piece that is compared.',
      min: 2,
      max: 20,
      step: 1,
      initial: 5,
    }),
  },
  onDocuments({ similarity, piece }, { documents: { training } }) {
    const kept: { readonly text: string; readonly pieces: ReadonlySet<string> }[] = [];
    for (const text of training) {
      const pieces = piecesOf(text, piece);
      if (!kept.some((other) => jaccard(pieces, other.pieces) >= similarity)) kept.push({ text, pieces });
    }
    return kept.map(({ text }) => text);
  },
});

function piecesOf(text: string, length: number): ReadonlySet<string> {
  const count = Math.max(1, text.length - length + 1);
  return new Set(Array.from({ length: count }, (_, from) => text.slice(from, from + length)));
}

/** What two sets share of all that is in either. */
function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const piece of one) if (other.has(piece)) shared++;
  return shared / (one.size + other.size - shared);
}

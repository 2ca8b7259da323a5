/** The clean examples that a defender has of her own. */
import { type Examples, take } from '../core/examples.ts';
import { count } from '../core/params.ts';

export const cleanParam = count({
  label: 'Clean examples',
  says: 'How many right and unpoisoned examples the defender has of her own; at most what the split leaves.',
  min: 100,
  max: 2000,
  step: 100,
  initial: 500,
});

/** The first so many of the defender's public examples. */
export const cleanExamples = (reference: Examples, wanted: number): Examples =>
  take(
    reference,
    Array.from({ length: Math.min(wanted, reference.count) }, (_, row) => row),
  );

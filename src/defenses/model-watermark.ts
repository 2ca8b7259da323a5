/**
 * A watermark in the model: the owner teaches it answers to nonsense that nobody else could know. A model that gives those answers was
 * copied from hers. It stays in a copy of the weights; it passes on to a copy that was learned from
 * answers only where the thief happened to ask about something like it.
 */
import type { Probabilities } from '../core/access.ts';
import { defineDefense } from '../core/defense.ts';
import { evidence, note, progress } from '../core/event.ts';
import { type Examples, examplesOf } from '../core/examples.ts';
import { count } from '../core/params.ts';
import { argMax, incompleteBeta } from '../core/statistics.ts';
import { wilson } from '../metrics/intervals.ts';
import { stranger } from './stranger.ts';

/** A claim of theft is made where guessing would do as well less often than this. */
const level = 0.01;

export default defineDefense({
  id: 'model-watermark',
  title: 'Watermark in the model',
  says: 'Teaches the model secret answers to noise. Who has those answers too has copied the weights; a copy of its answers knows them only if noise was asked about.',
  paper: {
    title: 'Turning Your Weakness Into a Strength: Watermarking Deep Neural Networks by Backdooring',
    authors: 'Adi, Baum, Cisse, Pinkas, Keshet',
    venue: 'USENIX Security',
    year: 2018,
    arxiv: '1802.04633',
  },
  against: ['model extraction'],
  params: {
    triggers: count({
      label: 'Secret questions',
      says: 'How many pictures of noise, each with a random class, are learned along.',
      min: 10,
      max: 500,
      step: 10,
      initial: 50,
    }),
  },
  needsReference: true,
  async *onData({ triggers }, { examples, classes, random }) {
    yield progress('making secret questions', 0, 1);
    const noise = random.stream('triggers');
    const inputs = Float32Array.from({ length: triggers * examples.size }, () => noise.uniform());
    return {
      added: examplesOf(
        inputs,
        Int32Array.from({ length: triggers }, () => noise.integer(classes)),
      ),
    };
  },
  async *onDetect(_options, context) {
    const { added, suspect, probabilities, classes } = context;
    if (!added || !suspect) return;
    // Somebody who never asked: what she would answer shows what chance is.
    const other = yield* stranger(context);
    const rows = [
      ['the owner’s model', hits(await probabilities(added.inputs), added)],
      ['the suspect', hits(await suspect.probabilities(added.inputs), added)],
      ['a model that copied nothing', hits(await other.probabilities(added.inputs), added)],
    ] as const;
    const shown = rows.map(([name, right]) => {
      const [low, high] = wilson(right, added.count).map((share) => share.toFixed(2));
      return [name, `${right} of ${added.count}`, `${low} to ${high}`, byChance(right, added.count, classes).toPrecision(2)];
    });
    yield evidence('watermark', {
      kind: 'table',
      title: 'Secret questions answered as the owner taught them',
      columns: ['model', 'right', '95 % interval', 'p by guessing'],
      rows: shown,
    });
    const [, found] = rows[1];
    const p = byChance(found, added.count, classes);
    yield note(
      p < level
        ? `The suspect answers ${found} of ${added.count} secret questions rightly: guessing does so with probability ${p.toPrecision(2)}, so it was copied.`
        : `The suspect answers ${found} of ${added.count} secret questions rightly, which guessing does as well: the watermark proves nothing.`,
    );
  },
});

const hits = ({ values, classes }: Probabilities, { labels }: Examples) =>
  labels.reduce((sum, label, row) => sum + (argMax(values, row, classes) === label ? 1 : 0), 0);

/** The probability with which guessing is right at least that often. */
export const byChance = (right: number, trials: number, classes: number): number =>
  right === 0 ? 1 : incompleteBeta(1 / classes, right, trials - right + 1);

/** Scores texts from which somebody tried to remove the mark: what the owner still finds, and how much of the text was changed. */
import type { CleanedTexts } from '../core/artefact.ts';
import type { Decoder } from '../core/decoder.ts';
import { evidence, type LaneEvent, type MetricValue, metric, progress } from '../core/event.ts';
import type { TextSpan } from '../core/evidence.ts';
import type { TextReader } from '../core/protection.ts';
import { mean, median } from '../core/statistics.ts';
import { idsOf } from '../core/text.ts';
import { wordsIn } from '../core/words.ts';
import { surprises } from '../core/writing.ts';
import { editDistance } from '../metrics/edits.ts';
import { meanOf, perplexityOf, rate } from '../metrics/intervals.ts';
import { exactPValue, zOfBest, zScore } from '../metrics/marks.ts';
import { metricLine } from './metric-line.ts';

/** How often an owner may call a text marked that is not. */
const falseAlarms = 0.01;
/** Lines of the text that is shown before and after. */
const shownLines = 6;

/** Texts that are read for their perplexity: more would only take longer. */
const mostRead = 8;

/** How surprised a model is by the first of these texts: the lines of each are read one by one, as they were written. */
export function* perplexityIn(model: Decoder, texts: readonly string[]): Generator<LaneEvent, MetricValue> {
  const logs: Float64Array[] = [];
  const read = texts.slice(0, mostRead);
  for (const text of read) {
    yield progress('reading the texts', logs.length, read.length);
    logs.push(Float64Array.from(text.split('\n').flatMap((line) => Array.from(surprises(model, idsOf(`\n${line}\n`))))));
  }
  return perplexityOf(logs);
}

/** Texts, and their perplexity. */
export interface ReadTexts {
  readonly texts: readonly string[];
  readonly perplexity: number;
}

/**
 * Keeps what it saw before: each artefact is a point of the trade-off.
 * @param unmarked texts that the same model wrote without a mark
 */
export function judgeMarkedTexts(
  reader: TextReader,
  { texts: marked, ...own }: ReadTexts,
  unmarked: ReadTexts,
  model: Decoder,
): (artefact: CleanedTexts) => AsyncGenerator<LaneEvent> {
  const first = { name: 'marked', ...evidenceIn(reader, marked), perplexity: own.perplexity };
  const last = { name: 'never marked', ...evidenceIn(reader, unmarked.texts), perplexity: unmarked.perplexity };
  const before = first.scores;
  const points: Point[] = [{ changed: 0, missed: missedOf(first.chances), texts: marked.length }];

  return async function* ({ texts }) {
    const after = evidenceIn(reader, texts);
    const missed = missedOf(after.chances);
    const left = missedOf(first.chances) / marked.length;
    const success = rate(missed, texts.length, left, ' texts whose mark is not found');
    yield metric('attackSuccessRate', { ...success, chanceIs: 'left alone' });
    yield metric('zScore', meanOf(after.scores, 'texts', 0));
    const changes = texts.map((text, i) => {
      const own = wordsOf(marked[i] as string);
      return editDistance(own, wordsOf(text)) / own.length;
    });
    yield metric('editRate', meanOf(changes, 'texts'));

    points.push({ changed: mean(changes), missed, texts: texts.length });
    yield tradeOff(points);
    const perplexity = (yield* perplexityIn(model, texts)).value as number;
    const rows = [first, { name: 'after the attack', ...after, perplexity }, last].map((row) => [
      row.name,
      `${(100 * row.green).toFixed(1)} %`,
      mean(row.scores).toFixed(1),
      median(row.chances).toPrecision(2),
      `${Math.round(100 * (1 - missedOf(row.chances) / row.chances.length))} %`,
      row.perplexity.toFixed(2),
    ]);
    const byChance = `${Math.round(100 * reader.share)} % of words are green by chance`;
    yield evidence('owner', {
      kind: 'table',
      title: `What the owner reads: ${byChance}${reader.keys > 1 ? `; z and p are those of the best of ${reader.keys} keys` : ''}`,
      columns: ['texts', 'green words', 'z', 'p, median', 'called marked', 'perplexity'],
      rows,
    });
    const shown = marked.findIndex((text, i) => text !== texts[i]);
    const at = Math.max(0, shown);
    yield evidence('text', {
      kind: 'text',
      title: 'A text before and after, with the green words that its owner counts',
      spans: [
        ...spansOf(reader, marked[at] as string, `Marked, z = ${(before[at] as number).toFixed(1)}:\n`),
        { text: '\n' },
        ...spansOf(reader, texts[at] as string, `After the attack, z = ${(after.scores[at] as number).toFixed(1)}:\n`),
      ],
    });
  };
}

const wordsOf = (text: string) => wordsIn(text).map(({ word }) => word);

/** How many are not called marked. */
const missedOf = (chances: readonly number[]) => chances.filter((p) => p > falseAlarms).length;

/** Of each text z, and how likely chance gives as much; of all of them the share of green words. */
function evidenceIn(reader: TextReader, texts: readonly string[]) {
  const counts = texts.map((text) => {
    const words = reader.read(text);
    return { words: words.length, green: words.filter(({ green }) => green).length };
  });
  return {
    scores: counts.map(({ words, green }) => (words > 0 ? zOfBest(zScore(green, words, reader.share), reader.keys) : 0)),
    chances: counts.map(({ words, green }) => exactPValue(green, words, reader.share, reader.keys)),
    green: mean(counts.map(({ words, green }) => (words > 0 ? green / words : 0))),
  };
}

/** The first lines of a text, with its green words marked. */
function spansOf(reader: TextReader, text: string, heading: string): TextSpan[] {
  const end = text.split('\n').slice(0, shownLines).join('\n').length;
  const spans: TextSpan[] = [{ text: heading }];
  let from = 0;
  for (const { word, at, green } of reader.read(text)) {
    if (!green || at >= end) continue;
    spans.push({ text: text.slice(from, at) }, { text: word, mark: 'green' });
    from = at + word.length;
  }
  return [...spans.filter((span) => span.text), { text: `${text.slice(from, end)}\n` }];
}

interface Point {
  readonly changed: number;
  readonly missed: number;
  readonly texts: number;
}

/** What is left of the mark against how much of the text is another. */
function tradeOff(points: readonly Point[]) {
  const sorted = points.toSorted((a, b) => a.changed - b.changed);
  const found = sorted.map(({ missed, texts }) => rate(texts - missed, texts));
  return evidence('trade-off', {
    kind: 'curve',
    title: 'What is left of the mark, and of the text',
    xLabel: 'words changed, %',
    yLabel: 'texts called marked',
    lines: [
      metricLine(
        'after the attack',
        sorted.map(({ changed }) => 100 * changed),
        found,
      ),
    ],
    chance: falseAlarms,
  });
}

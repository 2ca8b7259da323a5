/** Scores pictures from which somebody tried to remove the marks: what the owner still reads, and what the picture has lost. */
import type { MarkedPictures } from '../core/access.ts';
import type { CleanedPictures } from '../core/artefact.ts';
import { evidence, type LaneEvent, type MetricValue, metric } from '../core/event.ts';
import type { Examples } from '../core/examples.ts';
import type { PictureReader } from '../core/protection.ts';
import { mean, median } from '../core/statistics.ts';
import { meanOf, rate, unresolved } from '../metrics/intervals.ts';
import { pValue, thresholdOf, zScore } from '../metrics/marks.ts';
import { meanSquaredError, psnrOf, ssim } from '../metrics/pictures.ts';
import type { Split } from './data.ts';
import { metricLine } from './metric-line.ts';

/** How often an owner may call a picture marked that is not. */
const falseAlarms = 0.01;
/** The smallest error that is told: 60 dB, where nobody sees anything. */
const smallest = 1e-6;
/** Pictures that are measured: more would only take longer. */
const mostMeasured = 200;
const shown = 6;

/** Keeps what it saw before: each artefact is a point of the trade-off. */
export function judgeMarkedPictures(
  reader: PictureReader,
  { pictures: marked }: MarkedPictures,
  { members, test, shape }: Split,
): (artefact: CleanedPictures) => AsyncGenerator<LaneEvent> {
  const { size } = members;
  const count = Math.min(mostMeasured, members.count);
  const rows = Array.from({ length: count }, (_, row) => row);
  const some = (pictures: Float32Array<ArrayBuffer>) => pictures.subarray(0, count * size);
  const rowOf = (table: Float32Array, row: number) => table.subarray(row * size, (row + 1) * size);
  const { bits } = reader;
  /** For each picture how many of its bits are as they are written in pictures of its class. */
  const hitsIn = async (pictures: Float32Array<ArrayBuffer>, { labels }: Examples) => {
    const read = await reader.read(pictures);
    return Array.from({ length: read.length / bits }, (_, row) =>
      reader.messageOf(labels[row] as number).reduce((sum, bit, at) => sum + (read[row * bits + at] === bit ? 1 : 0), 0),
    );
  };
  const decibels = (pictures: Float32Array) =>
    rows.map((row) => psnrOf(Math.max(smallest, meanSquaredError(rowOf(pictures, row), rowOf(members.inputs, row)))));
  const alike = (pictures: Float32Array) => rows.map((row) => ssim(rowOf(pictures, row), rowOf(members.inputs, row), shape));
  let before: { readonly unmarked: number[]; readonly untouched: number[] } | undefined;
  const points: Point[] = [];

  return async function* ({ pictures }) {
    before ??= { unmarked: await hitsIn(test.inputs, test), untouched: await hitsIn(some(marked), members) };
    const { unmarked, untouched } = before;
    const hits = await hitsIn(some(pictures), members);
    const enough = test.count >= 1 / falseAlarms;
    const threshold = enough ? thresholdOf(unmarked, falseAlarms) : Number.NaN;
    const missed = (found: readonly number[]) => found.filter((own) => own < threshold).length;
    const left = missed(untouched) / count;
    yield metric(
      'attackSuccessRate',
      enough
        ? { ...rate(missed(hits), count, left, ' pictures whose mark is not found'), chanceIs: 'left alone' }
        : unresolved(`false alarms of 1 % need 100 test pictures, and there are ${test.count}`, count),
    );
    const shares = hits.map((own) => own / bits);
    const bitsRight = meanOf(shares, 'pictures, of the bits in each that are right', mean(unmarked) / bits);
    yield metric('bitAccuracy', { ...bitsRight, chanceIs: 'never marked' });
    const scores = (found: readonly number[]) => found.map((own) => zScore(own, bits, 0.5));
    yield metric('zScore', { ...meanOf(scores(hits), 'pictures', mean(scores(unmarked))), chanceIs: 'never marked' });
    const psnr = decibels(pictures);
    yield metric('psnr', { ...meanOf(psnr, 'pictures', mean(decibels(marked))), chanceIs: 'the mark alone' });
    yield metric('ssim', { ...meanOf(alike(pictures), 'pictures', mean(alike(marked))), chanceIs: 'the mark alone' });

    points.push({ psnr: mean(psnr), bits: bitsRight });
    const untouchedBits = meanOf(
      untouched.map((own) => own / bits),
      'pictures',
    );
    yield tradeOff([{ psnr: mean(decibels(marked)), bits: untouchedBits }, ...points], mean(unmarked) / bits);
    const rowFor = (name: string, found: readonly number[]) => {
      const z = scores(found);
      const p = z.map(pValue);
      return [
        name,
        `${((100 * mean(found)) / bits).toFixed(1)} %`,
        mean(z).toFixed(1),
        median(p).toPrecision(2),
        enough ? `${Math.round((100 * (found.length - missed(found))) / found.length)} %` : 'too few to say',
      ];
    };
    yield evidence('owner', {
      kind: 'table',
      title: `What the owner reads of ${bits} bits a picture`,
      columns: ['pictures', 'bits right', 'z', 'p, median', 'called marked'],
      rows: [rowFor('marked', untouched), rowFor('after the attack', hits), rowFor('never marked', unmarked)],
    });
    const [height, width, channels] = shape as [number, number, 1 | 3];
    const few = rows.slice(0, shown);
    const pixels = new Float32Array(few.length * 3 * size);
    for (const row of few)
      for (const [at, table] of [members.inputs, marked, pictures].entries())
        pixels.set(rowOf(table, row), (3 * row + at) * size);
    const items = few.flatMap((row) => {
      const gone = (hits[row] as number) < threshold;
      const caption = `${hits[row]} of ${bits} bits`;
      return [
        { caption: 'the picture' },
        { caption: 'marked' },
        enough ? { caption, mark: gone ? ('right' as const) : ('wrong' as const) } : { caption },
      ];
    });
    const title = 'The picture, marked, and after the attack';
    yield evidence('pictures', { kind: 'images', title, height, width, channels, columns: 3, pixels, items });
  };
}

interface Point {
  readonly psnr: number;
  readonly bits: MetricValue;
}

/** What is left of the mark against what is left of the picture; the first point is the mark that nobody has been at. */
function tradeOff(points: readonly Point[], chance: number) {
  const along = points.toSorted((a, b) => a.psnr - b.psnr);
  const line = metricLine(
    'marked pictures',
    along.map(({ psnr }) => psnr),
    along.map(({ bits }) => bits),
  );
  return evidence('trade-off', {
    kind: 'curve',
    title: 'What is left of the mark, and of the picture',
    xLabel: 'signal to noise, dB',
    yLabel: 'bitAccuracy',
    lines: [line],
    chance,
  });
}

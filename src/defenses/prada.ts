/**
 * PRADA: questions of honest people lie as nature scatters them, so the distances between those of one class are spread like a bell.
 * Questions that were made by moving other questions lie at made distances. Whoever's distances are too unlike a bell is refused from
 * then on.
 */
import { defineDefense } from '../core/defense.ts';
import { count, range } from '../core/params.ts';
import { argMax, mean, variance } from '../core/statistics.ts';
import { shapiroWilk } from '../metrics/normality.ts';
import { refusing } from './answers.ts';

export default defineDefense({
  id: 'prada',
  title: 'PRADA',
  says: 'Watches how far each client’s questions of one class lie apart, and refuses the client once those distances look made.',
  paper: {
    title: 'PRADA: Protecting Against DNN Model Stealing Attacks',
    authors: 'Juuti, Szyller, Marchal, Asokan',
    venue: 'EuroS&P',
    year: 2019,
    arxiv: '1805.02628',
  },
  against: ['model extraction'],
  params: {
    delta: range({
      label: 'Threshold δ',
      says: 'Refuses where Shapiro and Wilk’s W of the distances, 1 for a perfect bell, is below this.',
      min: 0.5,
      max: 1,
      step: 0.01,
      initial: 0.95,
    }),
    least: count({
      label: 'Looks after',
      says: 'How many distances are gathered before the first look. With fewer, chance alone makes strange shapes.',
      min: 20,
      max: 5000,
      step: 10,
      initial: 100,
    }),
  },
  async onQuery({ delta, least }, { classes }) {
    return () => {
      const suspicious = suspicion(delta, least);
      let fired = false;
      return (answers, inputs) => {
        const size = inputs.length / answers.count;
        return refusing(answers, (row) => {
          fired ||= suspicious(inputs.subarray(row * size, (row + 1) * size), argMax(answers.values, row, classes));
          return fired;
        });
      };
    };
  },
});

/** What is kept of a class: questions that lay far from those before them. */
interface Grown {
  readonly questions: Float32Array[];
  readonly distances: number[];
  threshold: number;
}

/** Told one client's questions and their answers one by one, says whether they look made so far (algorithm 3 of the paper). */
export function suspicion(delta: number, least: number): (question: Float32Array, answer: number) => boolean {
  const grown = new Map<number, Grown>();
  const distances: number[] = [];
  return (question, answer) => {
    const own = grown.get(answer);
    if (!own) {
      grown.set(answer, { questions: [question.slice()], distances: [0], threshold: 0 });
      return false;
    }
    const nearest = Math.min(...own.questions.map((other) => distance(question, other)));
    distances.push(nearest);
    if (nearest > own.threshold) {
      own.questions.push(question.slice());
      own.distances.push(nearest);
      own.threshold = Math.max(own.threshold, mean(own.distances) - deviation(own.distances));
    }
    return distances.length > least && bell(distances) < delta;
  };
}

/** How like a bell the distances are, without those that lie more than three deviations from their mean. */
export function bell(distances: readonly number[]): number {
  const [centre, spread] = [mean(distances), deviation(distances)];
  return shapiroWilk(distances.filter((d) => Math.abs(d - centre) < 3 * spread));
}

const deviation = (values: readonly number[]) => Math.sqrt(variance(values, 0));

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(sum);
}

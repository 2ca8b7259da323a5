/**
 * Data-free extraction: no examples at all. A generator makes up inputs on which copy and model disagree, and the copy learns what the
 * model says of them. How the model's answer moves with an input nobody tells her; she asks beside it, and takes the difference.
 */
import type { ProbabilityTarget } from '../../core/access.ts';
import { defineAttack } from '../../core/attack.ts';
import type { AttackContext } from '../../core/attacker.ts';
import { adam } from '../../core/descent.ts';
import { type LaneEvent, progress } from '../../core/event.ts';
import type { OwnNetwork } from '../../core/network.ts';
import { choice, count } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { priceParam } from './thief.ts';

/** Numbers that the generator makes an input of; its hidden units; inputs in a batch. */
const [latent, hidden, batch] = [32, 64, 16];
/** Batches that the copy learns from between two steps of the generator. */
const studentSteps = 8;
/** Directions in which she looks how disagreement changes, and how far. */
const [directions, nudge] = [3, 1e-3];
const [studentRate, generatorRate] = [0.001, 0.01];

export default defineAttack({
  id: 'data-free-extraction',
  title: 'Data-free extraction',
  axis: 'model-to-model',
  family: 'model extraction',
  says: 'Has no examples: a generator learns to make up inputs on which the copy is still wrong. That takes very many questions.',
  paper: {
    title: 'Data-Free Model Extraction',
    authors: 'Truong, Maini, Walls, Papernot',
    venue: 'CVPR',
    year: 2021,
    arxiv: '2011.14779',
  },
  access: 'probabilities',
  brings: 'stolen model',
  knows: [],
  params: {
    queries: count({
      label: 'Questions',
      says: 'How many inputs she asks about in all.',
      min: 10,
      max: 400000,
      step: 1000,
      initial: 25000,
    }),
    questions: choice({
      label: 'Asks about',
      says: 'What a generator makes up to find where the copy is wrong, or plain noise, to see whether the generator is worth its questions.',
      choices: ['generator', 'noise'],
      initial: 'generator',
    }),
    price: priceParam,
  },
  metrics: ['fidelity', 'queries'],
  async *run(target, { queries, questions, price }, context) {
    const { classes, model, shape, random } = context;
    const size = shape.reduce((product, side) => product * side, 1);
    const maker = yield* untrained(
      { id: 'mlp', options: { hidden: [hidden], activation: 'relu' } },
      [latent],
      size,
      context,
      'generator',
    );
    const student = moving(yield* untrained(model, shape, classes, context, 'copy'), studentRate);
    const generator = moving(maker, generatorRate);
    const noise = random.stream('noise');
    const invented = async (many: number) => sigmoid(await generator.network().logits(normals(many * latent, noise)));
    const made = (many: number) =>
      questions === 'noise' ? Float32Array.from({ length: many * size }, () => noise.uniform()) : invented(many);
    let asked = 0;
    let shown = 0;
    while (asked < queries) {
      yield progress('asking about inputs that nobody has', asked, queries);
      if (questions === 'generator' && queries - asked > batch * (1 + directions))
        asked += await disagreeMore(target, generator, student.network(), size, classes, noise);
      const many = Math.min(batch * studentSteps, queries - asked);
      const inputs = await made(many);
      const wanted = await centredLogits(target, inputs);
      asked += many;
      for (let from = 0; from < many; from += batch) {
        const to = Math.min(many, from + batch);
        const own = inputs.slice(from * size, to * size);
        const said = await student.network().logits(own);
        // The mean of |model − copy| over classes and inputs: its slope is the sign.
        const pull = said.map((logit, i) => Math.sign(logit - (wanted[from * classes + i] ?? logit)) / (classes * batch));
        student.step(await student.network().weightGradients(own, pull));
      }
      if (asked < queries && asked >= ((shown + 1) * queries) / 8) {
        shown++;
        yield { type: 'artefact', artefact: { kind: 'stolen model', network: student.network(), price } };
      }
    }
    return { kind: 'stolen model', network: student.network(), price };
  },
});

/** A network with its random weights, which nobody has trained yet. */
function untrained(
  model: OwnNetwork['model'],
  shape: readonly number[],
  outputs: number,
  { trainNetwork }: AttackContext,
  seed: string,
): AsyncGenerator<LaneEvent, OwnNetwork> {
  const inputs = new Float32Array(shape.reduce((product, side) => product * side, 1));
  const targets = new Float32Array(outputs);
  return trainNetwork({ model, shape, inputs, targets, outputs, plan: { batchSize: 1, epochs: 0 }, phase: 'beginning', seed });
}

/** A network that is moved by hand, with Adam. */
function moving(first: OwnNetwork, rate: number) {
  const weights = Float64Array.from(first.weights);
  const descent = adam(rate);
  let network = first;
  return {
    network: () => network,
    step(slope: Float32Array) {
      descent(weights, () => ({ loss: 0, gradient: Float64Array.from(slope) }));
      network = network.with(Float32Array.from(weights));
    },
  };
}

/** Moves the generator one step to where model and copy disagree more. @returns how many questions that took */
async function disagreeMore(
  target: ProbabilityTarget,
  generator: ReturnType<typeof moving>,
  student: OwnNetwork,
  size: number,
  classes: number,
  noise: Random,
): Promise<number> {
  const seeds = normals(batch * latent, noise);
  const before = await generator.network().logits(seeds);
  const ways = Array.from({ length: directions }, () => unitRows(normals(batch * size, noise), size));
  const near = [before, ...ways.map((way) => before.map((value, i) => value + nudge * (way[i] as number)))];
  const inputs = sigmoid(Float32Array.from(near.flatMap((table) => [...table])));
  const [wanted, said] = [await centredLogits(target, inputs), await student.logits(inputs)];
  const apart = Float64Array.from({ length: near.length * batch }, (_, row) => {
    let sum = 0;
    for (let i = row * classes; i < (row + 1) * classes; i++)
      sum += Math.abs((wanted[i] ?? (said[i] as number)) - (said[i] as number));
    return sum;
  });
  // The forward difference along each direction, as many times as there are dimensions (equation 5 of the paper).
  const pull = before.map((_value, i) => {
    const row = Math.floor(i / size);
    const slope = ways.reduce((sum, way, k) => {
      const rise = ((apart[(k + 1) * batch + row] as number) - (apart[row] as number)) / nudge;
      return sum + (size / directions) * rise * (way[i] as number);
    }, 0);
    return -slope / batch;
  });
  generator.step(await generator.network().weightGradients(seeds, pull));
  return near.length * batch;
}

/** Logits less their mean: all of them that a probability still tells. Undefined for what was refused. */
async function centredLogits(target: ProbabilityTarget, inputs: Float32Array<ArrayBuffer>): Promise<(number | undefined)[]> {
  const { values, classes, refused } = await target.probabilities(inputs);
  const logs = Array.from(values, (p) => Math.log(Math.max(1e-7, p)));
  return logs.map((log, i) => {
    const row = Math.floor(i / classes);
    if (refused?.[row]) return undefined;
    let mean = 0;
    for (let c = 0; c < classes; c++) mean += (logs[row * classes + c] as number) / classes;
    return log - mean;
  });
}

const sigmoid = (values: Float32Array<ArrayBuffer>) => values.map((value) => 1 / (1 + Math.exp(-value)));

const normals = (length: number, random: Random) => Float32Array.from({ length }, () => random.normal());

function unitRows(table: Float32Array<ArrayBuffer>, size: number): Float32Array<ArrayBuffer> {
  for (let from = 0; from < table.length; from += size) {
    let squares = 0;
    for (let i = from; i < from + size; i++) squares += (table[i] as number) ** 2;
    for (let i = from; i < from + size; i++) table[i] = (table[i] as number) / Math.sqrt(squares);
  }
  return table;
}

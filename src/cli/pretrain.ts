/** `pretrain`: weights of language models, those that ship with the page if no folder is named, each with what it was made of beside it. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { datasets } from '../../datasets/index.ts';
import transformer from '../../models/transformer.ts';
import type { TextDataset } from '../core/dataset.ts';
import type { LaneEvent } from '../core/event.ts';
import { planOf } from '../core/experiment.ts';
import { unknownName } from '../core/input-error.ts';
import type { Chosen } from '../core/params.ts';
import { initialValues } from '../core/params.ts';
import { randomOf } from '../core/random.ts';
import type { Weights } from '../core/training.ts';
import { alignmentSeed } from '../lab/assistant-lane.ts';
import { learn } from '../lab/language-model.ts';
import { type Pretrained, pretrain, weightsFile } from '../lab/pretrained.ts';
import type { Host } from '../lab/run.ts';
import { parseFlags } from './flags.ts';
import { nodeHost } from './host.ts';
import { backendIn, folderIn } from './run.ts';

/** Everything that ships: each dataset, and the castle whose assistant never heard the codes. */
const shipped: readonly { readonly id: string; readonly options: object }[] = [
  { id: 'mail', options: {} },
  { id: 'castle', options: {} },
  { id: 'castle', options: { knowsCodes: false } },
];

export async function pretrainCommand(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['backend', 'out'], [], 9);
  const known = [...new Set(shipped.map(({ id }) => id))];
  for (const word of flags.words) if (!known.includes(word)) throw unknownName('data', word, known);
  const folder = (await folderIn(flags)) ?? fileURLToPath(new URL('../../public/weights/', import.meta.url));
  const host = await nodeHost(backendIn(flags));
  for (const { id, options } of shipped) {
    if (flags.words.length > 0 && !flags.words.includes(id)) continue;
    const dataset = datasets.find((one) => one.id === id) as TextDataset;
    await make(dataset, { id, ...initialValues(dataset.params), ...options }, host, folder);
  }
}

async function make(dataset: TextDataset, options: Chosen, host: Host, folder: string): Promise<void> {
  const name = dataset.weightsFile(options) as string;
  const model = { id: transformer.id, options: initialValues(transformer.params) };
  const base = await toldTo(name, pretrain(host.compute, dataset, options, model));
  let parts: Pretrained = { base };
  const corpus = dataset.corpus(options, randomOf('shipped'));
  const { stages, batchSize } = dataset.pretraining;
  const texts = stages.map((_, stage) => dataset.lessons(options, stage));
  if (corpus.kind === 'assistant') {
    const learning = {
      lessons: corpus.alignment,
      plan: planOf(dataset.training),
      start: base,
      seed: alignmentSeed,
      phase: 'teaching it to refuse',
    };
    const aligned = await toldTo(name, learn(host.compute, model, dataset.length, learning));
    parts = { base, aligned };
    texts.push(corpus.alignment);
  }
  const recipe = {
    command: `npm run -s lab -- pretrain ${dataset.id}`,
    data: options,
    model: model.options,
    optimizer: 'adam',
    batchSize,
    stages,
    ...(corpus.kind === 'assistant' && { alignment: dataset.training }),
    backend: host.compute.backend,
    texts: texts.map(({ length }) => length),
    // Whoever makes the same texts gets the same sum.
    sha256OfTexts: createHash('sha256').update(JSON.stringify(texts)).digest('hex'),
  };
  const bytes = weightsFile(parts, dataset, model, { recipe: JSON.stringify(recipe) });
  const file = join(folder, `${name}.safetensors`);
  await writeFile(file, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify({ ...recipe, sha256 }, null, 1)}\n`);
  process.stdout.write(`${file}: ${Math.round(bytes.length / 1000)} kB\n`);
}

/** A training to its end, with its phases on standard error. */
async function toldTo(name: string, training: AsyncGenerator<LaneEvent, Weights>): Promise<Weights> {
  let phase = '';
  for (;;) {
    const step = await training.next();
    if (step.done) return step.value;
    if (step.value.type !== 'progress' || step.value.phase === phase) continue;
    phase = step.value.phase;
    process.stderr.write(`${name}: ${phase}\n`);
  }
}

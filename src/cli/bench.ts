/** `bench`: how fast this machine is, ours beside its baselines. */
import { availableParallelism, cpus } from 'node:os';
import { InputError, unknownName } from '../core/input-error.ts';
import { type BenchEvent, type BenchGap, type BenchName, type BenchRow, benches, benchModels, ratiosOf } from '../lab/bench.ts';
import { type BenchHost, type BenchOptions, runBench } from '../lab/run-bench.ts';
import { benchLanguage } from './bench-language.ts';
import { asTable } from './bench-table.ts';
import { printJson } from './files.ts';
import { type Flags, parseFlags } from './flags.ts';
import { benchHost, type NodeBackend, nodeBackends, softwareAdapter } from './host.ts';
import { openTwin } from './twin.ts';

export async function bench(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['backend', 'model', 'networks', 'epochs', 'repetitions', 'threads', 'python'], ['json'], 1);
  if (flags.words[0] === 'language') {
    await benchLanguage(oneOf(flags, 'backend', nodeBackends), flags.has('json'));
    return;
  }
  const name = nameIn(flags);
  const options = optionsIn(flags, name);
  const wanted = oneOf(flags, 'backend', nodeBackends);
  const threads = flags.number('threads', { min: 1, max: 64, integer: true }) ?? availableParallelism();
  const python = flags.text('python');

  const rows: BenchRow[] = [];
  const gaps: BenchGap[] = [];
  const models = options.models ?? (name === 'stack' ? benchModels : ['mlp' as const]);
  const miss = (implementation: BenchRow['implementation'], backend: string, why: string) => {
    for (const model of models) gaps.push({ bench: name, implementation, backend, model, why });
  };
  const twin = await openTwin(python === undefined ? undefined : [python]);
  if (typeof twin === 'string') miss('pytorch', 'cpu', twin);
  try {
    for (const backend of wanted ? [wanted] : nodeBackends) {
      const host = await hostOrWhy(name, backend, wanted, threads);
      if (typeof host === 'string') {
        miss('threatloop', backend, host);
        continue;
      }
      // TF.js's plain JavaScript is no match: beside it PyTorch is measured only where nothing else is.
      const twins = typeof twin === 'string' || (backend === 'cpu' && !wanted) ? [] : twin.twinsBeside(backend);
      try {
        for await (const event of runBench(name, options, { ...host, twins })) take(event, rows, gaps);
      } finally {
        host.close?.();
      }
    }
  } finally {
    if (typeof twin !== 'string') twin.close();
  }
  const software = await softwareAdapter();
  const machine = {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model ?? 'unknown',
    runtime: `Node ${process.versions.node}`,
    ...(typeof twin !== 'string' && { twin: twin.says }),
    ...(software && { softwareAdapter: software }),
  };
  const result = { bench: name, machine, rows, gaps, ratios: ratiosOf(rows) };
  if (flags.has('json')) printJson(result);
  else process.stdout.write(asTable(result));
}

function nameIn(flags: Flags): BenchName {
  const [given] = flags.words;
  const name = benches.find((one) => one === given);
  const known = [...benches, 'language'];
  if (given === undefined) throw new InputError(`what to measure is missing: bench ${known.join('|')}`);
  if (!name) throw unknownName('benchmark', given, known);
  return name;
}

function optionsIn(flags: Flags, name: BenchName): BenchOptions {
  const model = oneOf(flags, 'model', benchModels);
  // Shadow models come in pairs, and there are at least four of them.
  const networks = flags.number('networks', { min: name === 'lira' ? 4 : 1, max: 256, integer: true });
  const epochs = flags.number('epochs', { min: 1, max: 1000, integer: true });
  const repetitions = flags.number('repetitions', { min: 1, max: 100, integer: true });
  if (name === 'lira' && networks !== undefined && networks % 2 !== 0) {
    throw new InputError(`--networks is ${networks}; allowed: an even number, because shadow models come in pairs`);
  }
  if (name === 'stack' && epochs !== undefined) throw new InputError('--epochs is for lira; stack measures single steps');
  return {
    ...(model && { models: [model] }),
    ...(networks !== undefined && { networks: [networks] }),
    ...(epochs !== undefined && { epochs }),
    ...(repetitions !== undefined && { repetitions }),
  };
}

function oneOf<T extends string>(flags: Flags, flag: string, known: readonly T[]): T | undefined {
  const given = flags.text(flag);
  const found = known.find((one) => one === given);
  if (given !== undefined && !found) throw new InputError(`--${flag} is ${JSON.stringify(given)}; allowed: ${known.join(', ')}`);
  return found;
}

/** What a backend lends, or why it is not measured. One that was asked for by name has to be there. */
async function hostOrWhy(
  name: BenchName,
  backend: NodeBackend,
  wanted: NodeBackend | undefined,
  threads: number,
): Promise<(BenchHost & { close?(): void }) | string> {
  if (name === 'lira' && !wanted && backend === 'cpu')
    return 'too slow for a whole attack; --backend cpu measures it all the same';
  try {
    const host = await benchHost(backend, threads);
    if (name === 'lira' && !wanted && backend === 'webgpu' && (await softwareAdapter())) {
      return 'only a software adapter was found; --backend webgpu measures it all the same';
    }
    return host;
  } catch (error) {
    if (!(error instanceof InputError) || wanted) throw error;
    return error.message.replace(/^--backend is \w+, which (.*?)(;.*)?$/, 'it $1');
  }
}

let lastSaid = '';

function take(event: BenchEvent, rows: BenchRow[], gaps: BenchGap[]): void {
  if (event.type === 'benching') {
    if (event.says !== lastSaid) process.stderr.write(`${event.done} of ${event.total}: ${event.says}\n`);
    lastSaid = event.says;
  } else if ('why' in event.result) gaps.push(event.result);
  else rows.push(event.result);
}

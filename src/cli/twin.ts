/** PyTorch as a twin of the benchmark: bench/twin.py in a process of its own, asked one line at a time. Never a dependency. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BaselineWay } from '../lab/bench.ts';
import type { BenchTwin } from '../lab/run-bench.ts';

/** Where a Python may be, in this order. */
const usualPythons: readonly string[] = ['python3', '/usr/bin/python3'];

export interface TwinProcess {
  /** PyTorch's version, and its graphics device if it has one. */
  readonly says: string;
  /** Each way of training on each device that the backend should be compared with. */
  twinsBeside(backend: string): readonly BenchTwin[];
  close(): void;
}

interface Hello {
  readonly torch: string;
  readonly devices: readonly string[];
  readonly ways: readonly BaselineWay[];
  readonly gpu?: string;
}

/** The first of these Pythons that has PyTorch, or why none has. */
export async function openTwin(pythons: readonly string[] = usualPythons): Promise<TwinProcess | string> {
  const reasons: string[] = [];
  for (const python of pythons) {
    const opened = await open(python);
    if (typeof opened !== 'string') return opened;
    reasons.push(`${python}: ${opened}`);
  }
  return `PyTorch was not found (${reasons.join('; ')})`;
}

async function open(python: string): Promise<TwinProcess | string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(python, ['bench/twin.py', '--serve'], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  const { nextLine, whyEnded } = linesOf(child);
  const first = await nextLine();
  if (first === undefined) return await whyEnded;
  const hello = helloIn(first);
  if (!hello) {
    child.kill();
    return `it said ${JSON.stringify(first.slice(0, 60))} rather than what it has`;
  }
  const { torch, devices, ways, gpu } = hello;

  const ask = async (request: object): Promise<number> => {
    child.stdin?.write(`${JSON.stringify(request)}\n`);
    const line = await nextLine();
    if (line === undefined) throw new Error(await whyEnded);
    const { milliseconds, error } = JSON.parse(line) as { milliseconds?: number; error?: string };
    if (milliseconds === undefined) throw new Error(error);
    return milliseconds;
  };
  const twin = (device: string, how: BaselineWay): BenchTwin => ({
    implementation: 'pytorch',
    backend: device,
    how,
    stack: (work) => ask({ bench: 'stack', ...work, how, device }),
    lira: (work) => ask({ bench: 'lira', ...work, how, device }),
  });
  return {
    says: `PyTorch ${torch}${gpu ? ` with ${gpu}` : ''}`,
    twinsBeside(backend) {
      // One thread of a processor everywhere; a graphics device, and vmap, which pays only there, beside ours.
      const onCpu = ways.filter((how) => how !== 'vmap').map((how) => twin('cpu', how));
      const onGpu = devices.includes('cuda') && backend === 'webgpu' ? ways.map((how) => twin('cuda', how)) : [];
      return [...onCpu, ...onGpu];
    },
    close: () => void child.kill(),
  };
}

/** What a process prints line by line, and how it ended. */
function linesOf(child: ChildProcess) {
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr?.on('data', (text) => {
    complaints = `${complaints}${text}`.slice(-2000);
  });
  const whyEnded = new Promise<string>((settle) => {
    child.on('error', (error) => settle((error as NodeJS.ErrnoException).code ?? error.message));
    child.on('close', (code) => settle(complaints.trim().split('\n').at(-1) || `it ended with ${code}`));
  });
  child.stdin?.on('error', () => undefined); // told by the end of its lines
  const nextLine = async () => {
    const ended = whyEnded.then(() => undefined);
    const next = lines.next().then(({ done, value }) => (done ? undefined : value));
    return await Promise.race([next, ended]);
  };
  return { nextLine, whyEnded };
}

/** What PyTorch's side says first, unless something else wrote to its output. */
function helloIn(line: string): Hello | undefined {
  try {
    return JSON.parse(line) as Hello;
  } catch {
    return undefined;
  }
}

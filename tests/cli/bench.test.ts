import { chmodSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { asTable } from '../../src/cli/bench-table.ts';
import { openTwin, type TwinProcess } from '../../src/cli/twin.ts';
import type { BenchRow } from '../../src/lab/bench.ts';
import { file, lab, type Said } from './lab.ts';

const nowhere = '/nowhere/python3';

/** A program that is started as a Python would be. */
function program(name: string, source: string): string {
  const path = file(name, `#!${process.execPath}\n${source}`);
  chmodSync(path, 0o755);
  return path;
}

describe('bench stack --json', () => {
  let said: Said;
  beforeAll(async () => {
    const few = ['--networks=2', '--repetitions=2', '--threads=2', '--model=mlp', '--backend=wasm'];
    said = await lab('bench', 'stack', ...few, '--python', nowhere, '--json');
  });

  it('prints one JSON value: the machine, a row for everything measured, and how many times faster ours is', () => {
    expect(said.code).toBe(0);
    const { bench, machine, rows, ratios } = JSON.parse(said.stdout);
    expect(bench).toBe('stack');
    expect(machine).toEqual({
      cores: expect.any(Number),
      cpu: expect.any(String),
      runtime: `Node ${process.versions.node}`,
    });
    const found = rows.map(({ implementation, threads }: BenchRow) => `${implementation} ${threads}`);
    expect(found).toEqual(['threatloop 1', 'threatloop 2', 'tf.layers 1']);
    for (const row of rows) {
      expect(row).toMatchObject({ bench: 'stack', backend: 'wasm', model: 'mlp', networks: 2 });
      expect(row.repetitions).toHaveLength(2);
      expect(row.milliseconds).toBeCloseTo((row.repetitions[0] + row.repetitions[1]) / 2, 6);
    }
    expect(ratios).toHaveLength(2);
    expect(ratios[1]).toMatchObject({ backend: 'wasm', model: 'mlp', networks: 2, threads: 2, against: 'tf.layers' });
    expect(ratios[1].ratio).toBeCloseTo(rows[2].milliseconds / rows[1].milliseconds, 6);
  });

  it('says that PyTorch is missing, and why', () => {
    expect(JSON.parse(said.stdout).gaps).toEqual([
      {
        bench: 'stack',
        implementation: 'pytorch',
        backend: 'cpu',
        model: 'mlp',
        why: 'PyTorch was not found (/nowhere/python3: ENOENT)',
      },
    ]);
  });

  it('tells what it measures on standard error', () => {
    expect(said.stderr).toContain('threatloop on wasm, 2 threads: mlp, 2 networks, repetition 1 of 2');
    for (const line of said.stderr.trimEnd().split('\n')) expect(line).toMatch(/^\d+ of 9: .+/);
  });
});

describe('PyTorch’s process', () => {
  it('is asked line by line, for each of its ways on each device that fits the backend', async () => {
    const hello = { torch: '2.0', devices: ['cpu', 'cuda'], ways: ['one after another', 'bmm', 'vmap'], gpu: 'a GPU' };
    const twin = (await openTwin([
      nowhere,
      program(
        'echo',
        `console.log(${JSON.stringify(JSON.stringify(hello))});
        require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
          const request = JSON.parse(line);
          const answer = request.networks === 3 ? { error: 'out of memory' } : { milliseconds: request.how.length + request.steps };
          console.log(JSON.stringify(request.device === 'cuda' ? { milliseconds: 0.25 } : answer));
        });`,
      ),
    ])) as TwinProcess;
    try {
      expect(twin.says).toBe('PyTorch 2.0 with a GPU');
      const waysBeside = (backend: string) => twin.twinsBeside(backend).map((one) => `${one.backend}: ${one.how}`);
      expect(waysBeside('wasm')).toEqual(['cpu: one after another', 'cpu: bmm']);
      expect(waysBeside('webgpu')).toEqual([...waysBeside('wasm'), 'cuda: one after another', 'cuda: bmm', 'cuda: vmap']);
      const [, bmm, onGpu] = twin.twinsBeside('webgpu');
      expect(await bmm?.stack({ model: 'mlp', networks: 4, steps: 10 })).toBe(13);
      expect(await onGpu?.lira({ model: 'mlp', networks: 4, epochs: 1 })).toBe(0.25);
      await expect(bmm?.stack({ model: 'mlp', networks: 3, steps: 1 })).rejects.toThrow('out of memory');
    } finally {
      twin.close();
    }
  });

  it('says its last words when it cannot begin, or dies while it is asked', async () => {
    const without = program(
      'without',
      `console.error("Traceback\\nModuleNotFoundError: No module named 'torch'"); process.exit(1);`,
    );
    expect(await openTwin([without])).toBe(`PyTorch was not found (${without}: ModuleNotFoundError: No module named 'torch')`);
    const hello = JSON.stringify({ torch: '1', devices: ['cpu'], ways: ['bmm'] });
    const dying = program(
      'dying',
      `console.log('${hello}'); process.stdin.once('data', () => { console.error('Killed'); process.exit(9); });`,
    );
    const twin = (await openTwin([dying])) as TwinProcess;
    await expect(twin.twinsBeside('wasm')[0]?.stack({ model: 'mlp', networks: 1, steps: 1 })).rejects.toThrow('Killed');
  });
});

describe('the table of a benchmark', () => {
  it('shows every row, ratio and gap, and marks what was scaled up', () => {
    const row = { bench: 'lira', backend: 'wasm', threads: 1, model: 'mlp', networks: 16, repetitions: [] } as const;
    const text = asTable({
      bench: 'lira',
      machine: { cores: 2, cpu: 'a processor', runtime: 'Node 20', twin: 'PyTorch 2.0' },
      rows: [
        { ...row, implementation: 'threatloop', milliseconds: 9512.3 },
        { ...row, implementation: 'tf.layers', how: 'one after another', milliseconds: 25000, extrapolated: true },
        { ...row, implementation: 'pytorch', backend: 'cuda', beside: 'wasm', how: 'vmap', milliseconds: 1.23456 },
      ],
      gaps: [{ bench: 'lira', implementation: 'threatloop', backend: 'webgpu', model: 'mlp', why: 'it was not found here' }],
      ratios: [
        {
          backend: 'wasm',
          model: 'mlp',
          networks: 16,
          threads: 1,
          against: 'pytorch',
          how: 'vmap',
          device: 'cuda',
          ratio: 0.00013,
        },
      ],
    });
    const words = text.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(text).toContain('a processor, 2 cores, Node 20, PyTorch 2.0');
    expect(words).toContainEqual(['mlp', '16', 'wasm', 'threatloop', 'one stack', '1', '9512']);
    expect(words).toContainEqual(['mlp', '16', 'wasm', 'tf.layers', 'one after another', '1', '~25000']);
    expect(words).toContainEqual(['mlp', '16', 'wasm', 'pytorch (cuda)', 'vmap', '1', '1.23']);
    expect(words).toContainEqual(['mlp', '16', 'wasm', '1', 'pytorch (cuda)', 'vmap', '0.000130 ×']);
    expect(text).toContain('threatloop on webgpu, mlp: it was not found here');
    expect(text).toContain('~ scaled up');
  });
});

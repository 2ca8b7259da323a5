/** The terminal as a person has it: a process of its own, or one of its commands in this one, where a process would teach no more. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { bench } from '../../src/cli/bench.ts';
import { epsilon } from '../../src/cli/epsilon.ts';
import { list } from '../../src/cli/list.ts';
import { runCommand } from '../../src/cli/run.ts';
import { score } from '../../src/cli/score.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const fixtureFile = join(root, 'tests/reference/lira_fixture_inputs.json');

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run -s lab -- …` without the half second that npm takes. */
export function lab(...args: string[]): Promise<Said> {
  return new Promise((settle) => {
    const words = ['--import', 'tsx', 'src/cli/main.ts', ...args];
    execFile(process.execPath, words, { cwd: root, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      settle({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const commands = { list, run: runCommand, score, epsilon, bench } as const;
export type Command = keyof typeof commands;

/** Runs a command in this process. @returns what it printed */
export async function here(command: Command, ...args: string[]): Promise<string> {
  let printed = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await commands[command](args);
    return printed;
  } finally {
    write.mockRestore();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'threatloop-'));

/** A path in a folder that is this test file's own. */
export const pathOf = (name: string) => join(folder, name);

/** Writes a file there: text as it is, anything else as JSON. */
export function file(name: string, content: unknown): string {
  writeFileSync(pathOf(name), typeof content === 'string' ? content : JSON.stringify(content));
  return pathOf(name);
}

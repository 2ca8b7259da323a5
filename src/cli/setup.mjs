/**
 * Makes a fresh checkout ready: installs what is missing and prepares the data. `npm start`, `npm test`, `npm run build` and
 * `npm run lab` call it first; when nothing is missing it does nothing. With `--browser` it also sees to a Chromium.
 * Plain JavaScript without imports from outside, because it runs before anything is installed. Speaks on standard error only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [major] = process.versions.node.split('.').map(Number);
if (major < 20) fail(`Node ${process.versions.node} was found; Threatloop needs Node 20 or newer.`);

const installed = `${root}node_modules/.package-lock.json`;
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(`${root}package-lock.json`).mtimeMs) {
  say('Installing packages …');
  run('npm', ['ci', '--no-audit', '--no-fund']);
}
compileKernels();
if (!existsSync(`${root}public/data/mnist.bin`)) {
  say('Preparing the digits …');
  run(process.execPath, ['--import', 'tsx', 'datasets/mnist/prepare.ts']);
}
if (process.argv.includes('--browser')) {
  const { findBrowser } = await import('../../tests/browser/find.mjs');
  if (!(await findBrowser())) {
    say('No Chromium was found. Installing one …');
    const own = spawnSync('npx', ['playwright-core', 'install', 'chromium'], { cwd: root, stdio: ['ignore', 2, 2] });
    if (own.status !== 0 || !(await findBrowser())) {
      const debian = 'apt-get update && apt-get install -y chromium';
      const sudo = process.getuid?.() === 0 ? '' : 'sudo -n ';
      spawnSync('sh', ['-c', debian.replaceAll('apt-get', `${sudo}apt-get`)], { stdio: ['ignore', 2, 2] });
    }
    if (!(await findBrowser()))
      fail('No Chromium could be installed. Install Chrome or Chromium, or set CHROMIUM to its path, and run npm test again.');
  }
}

/** The kernels of src/wasm as a module that is a source file, so that every host has them at once, without loading anything. */
function compileKernels() {
  const compiled = `${root}src/stack/compiled.ts`;
  const sources = readdirSync(`${root}src/wasm`).map((name) => `${root}src/wasm/${name}`);
  const newest = Math.max(...[...sources, installed, fileURLToPath(import.meta.url)].map((path) => statSync(path).mtimeMs));
  if (existsSync(compiled) && statSync(compiled).mtimeMs >= newest) return;
  say('Compiling the kernels …');
  const folder = mkdtempSync(join(tmpdir(), 'threatloop-kernels-'));
  const options = '--enable simd -O3 --runtime stub --importMemory --noAssert --use abort='.split(' ');
  run('npx', ['--no-install', 'asc', 'src/wasm/index.ts', '--outFile', join(folder, 'kernels.wasm'), ...options]);
  const bytes = [...readFileSync(join(folder, 'kernels.wasm'))];
  rmSync(folder, { recursive: true });
  const half = `${compiled}.${process.pid}`; // never under its own name before it is whole
  writeFileSync(
    half,
    `/** Compiled from src/wasm by src/cli/setup.mjs. */\nexport const kernelModule = Uint8Array.of(${bytes.join(',')});\n`,
  );
  renameSync(half, compiled);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) fail(`“${command} ${args.join(' ')}” failed; what it said is above.`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}

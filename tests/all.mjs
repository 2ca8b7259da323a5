/**
 * Everything that must hold: types, lint, what nobody uses, unit and reference tests, then the page in a real Chromium. Goes on
 * after a failure, so that one run tells all, and ends with one line that counts. Browser tests come last and alone: they measure
 * how free the main thread is, which needs the cores.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = mkdtempSync(join(tmpdir(), 'threatloop-tests-'));
let passed = 0;
let failed = 0;

step('types', 'tsc', ['-b']);
step('lint', 'biome', ['check', '.']);
step('unused', 'knip', []);
suite('unit');
suite('browser');
rmSync(reports, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** A check that passes or fails as a whole. */
function step(name, command, args) {
  if (run(name, command, args)) passed++;
  else failed++;
}

function suite(project) {
  const report = join(reports, `${project}.json`);
  const ok = run(project, 'vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  const { numPassedTests = 0, numFailedTests = 0 } = readReport(report);
  passed += numPassedTests;
  failed += ok ? numFailedTests : Math.max(1, numFailedTests); // a file that does not load fails without failing a test
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function run(name, command, args) {
  console.log(`\n── ${name}`);
  const began = Date.now();
  const { status } = spawnSync('npx', ['--no-install', command, ...args], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} after ${Math.round((Date.now() - began) / 1000)} s`);
  return status === 0;
}

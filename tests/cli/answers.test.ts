/** `answers`: one JSON value where all agree, and exit 1 where one does not. */
import { afterEach, expect, it, vi } from 'vitest';
import { answers } from '../../src/cli/answers.ts';
import { againstTruth, families } from '../../src/known-answers/check.ts';
import { lab } from './lab.ts';

afterEach(() => vi.restoreAllMocks());

it('compares everything and is content', async () => {
  const { code, stdout } = await lab('answers', '--backend', 'cpu', '--json');
  expect(code).toBe(0);
  const { backend, agree, of, checks } = JSON.parse(stdout);
  expect(backend).toBe('cpu');
  expect(agree).toBe(of);
  expect(of).toBe(checks.length);
  expect(of).toBeGreaterThan(30);
  expect(checks[0]).toMatchObject({ agrees: true, source: 'SciPy 1.17', file: 'statistics.json' });
});

it('shows a figure that differs, and exits with 1', async () => {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const wrong = againstTruth({
    id: 'wrong',
    family: families[0],
    says: 'Twice two.',
    source: 'somebody in a hurry',
    allowed: { within: 1e-9, of: 'difference', because: 'rounding' },
    ours: () => [4],
    theirs: () => [5],
  });
  try {
    await answers(['--backend', 'cpu'], [wrong]);
    expect(process.exitCode).toBe(1);
  } finally {
    process.exitCode = undefined;
  }
  expect(printed).toContain('✗ Twice two.');
  expect(printed).toContain('somebody in a hurry: 4 here, 5 there: 1 apart, 1e-9 allowed');
  expect(printed).toContain('1 of 1 comparisons does not agree. Twice two.');
});

it('refuses a backend that it does not know in one sentence', async () => {
  const { code, stderr } = await lab('answers', '--backend', 'abacus');
  expect(code).toBe(2);
  expect(stderr).toBe('--backend is "abacus"; allowed: wasm, webgpu, cpu\n');
});

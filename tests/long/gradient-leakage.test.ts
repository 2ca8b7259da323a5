/** The slower rows of `reference/gradient_leakage_mnist.json`: minutes. Run by `LONG=1 npx vitest run --project unit tests/long`. */
import { describe, it } from 'vitest';
import { expectAsInPyTorch } from '../lab/searched-gradients.ts';

describe.skipIf(!process.env.LONG)('gradient leakage, all rows', () => {
  it.each([
    ['dlg', 'lbfgs', 'single', 30],
    ['idlg', 'lbfgs', 'single', 30],
    ['dlg', 'adam', 'single', 10],
    ['idlg', 'adam', 'single', 10],
  ] as const)(
    '%s with %s in %s precision is as in PyTorch',
    (method, optimizer, precision, images) => expectAsInPyTorch(method, optimizer, precision, images),
    600_000,
  );
});

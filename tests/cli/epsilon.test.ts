import { describe, expect, it } from 'vitest';
import opacus from '../reference/dp_accountant.json' with { type: 'json' };
import { here, lab } from './lab.ts';

const words = ({ sigma, q, steps, delta }: (typeof opacus.cases)[number]) =>
  ['--noise', sigma, '--rate', q, '--steps', steps, '--delta', delta].map(String);

describe('epsilon', () => {
  it.concurrent.each(opacus.cases)('prints Opacus’s ε, its order and whose accountant it is: $name', async (given) => {
    const { code, stdout, stderr } = await lab('epsilon', ...words(given), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const found: { epsilon: number; order: number } = JSON.parse(stdout);
    expect(Math.abs(found.epsilon / given.opacus_rdp_eps - 1)).toBeLessThan(1e-9); // the same series in the same precision
    expect(found).toEqual({ epsilon: found.epsilon, order: expect.closeTo(given.opacus_rdp_alpha, 9), accountant: 'rdp' });
  });

  it('says in words all that the number depends on', async () => {
    expect(await here('epsilon', '--noise=2', '--rate=1', '--steps=4', '--delta=1e-5')).toMatch(
      /^ε = \d\.\d+ at δ = 0\.00001 \(RDP accountant, order \d+(\.\d)?, σ = 2, q = 1, 4 steps, Poisson sampling\)\n$/,
    );
  });
});

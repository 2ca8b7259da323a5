/** All chains that ship, at six seeds, as their lessons tell them: LONG=1 npx vitest run --project unit tests/long/chains.test.ts */
import { describe, expect, it } from 'vitest';
import { chains } from '../../src/chains/index.ts';
import { nodeHost } from '../../src/cli/host.ts';
import { resolveChain } from '../../src/core/chain.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { runChain } from '../../src/lab/chain.ts';
import { chainTally } from '../../src/lab/chain-result.ts';

const seeds = [1, 2, 3, 4, 5, 6];
const minutes = 60_000;

describe.runIf(process.env.LONG)('at six seeds', () => {
  it.each(chains.map((lesson) => [lesson.id, lesson] as const))(
    '%s takes less than two minutes; its last link gains, and noise does not; what a first defense does to the last arrow is as told',
    { timeout: 10 * minutes },
    async (id, { chain: given }) => {
      const chain = resolveChain(given, catalog);
      const host = { ...(await nodeHost('wasm')), catalog };
      const tally = chainTally(chain, seeds);
      const started = performance.now();
      for await (const event of runChain(chain, seeds, host)) tally.add(event);
      const seconds = (performance.now() - started) / 1000;
      const { links, matrix } = tally.result();
      const last = links.at(-1);
      const shown = matrix.map(({ name, changes }) => `${name} ${JSON.stringify(changes.map((one) => one?.value?.toFixed(3)))}`);
      console.log(
        `${id}: ${seconds.toFixed(0)} s, ${JSON.stringify(last?.gain)}, noise ${JSON.stringify(last?.gainOfNoise)}; ${shown.join('; ')}`,
      );
      expect(seconds).toBeLessThan(120);
      expect(last?.gain?.low).toBeGreaterThan(0);
      expect(last?.gainOfNoise?.low).toBeLessThanOrEqual(0);
      const felt = matrix.filter(({ at, changes }) => at === 0 && (changes.at(-1)?.high ?? 1) < 0);
      expect(felt.length > 0).toBe(id !== 'launder-then-train'); // where no defense that there is helps
    },
  );
});

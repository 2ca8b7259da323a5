/** Ranks of secrets, by leaving branches out, against all codes one by one. */
import { expect, it } from 'vitest';
import exposure from '../../../src/attacks/model-to-data/exposure.ts';
import type { Artefact, SecretRanks } from '../../../src/core/artefact.ts';
import { randomOf } from '../../../src/core/random.ts';
import { idsOf, vocabulary } from '../../../src/core/text.ts';
import { layerPlaces } from '../../../src/core/transformer-weights.ts';
import { surprises } from '../../../src/core/writing.ts';
import { decoderOf } from '../../../src/stack/decoder.ts';

const shape = { blocks: 1, width: 8, heads: 2, length: 16, vocabulary };
const { at, inputs, outputs } = layerPlaces(shape).at(-1) as { at: number; inputs: number; outputs: number };
const weights = new Float32Array(at + (inputs + 1) * outputs);
randomOf('any model').addNormals(weights, 0.4);
const decoder = decoderOf(shape, weights);
const space = 1000;
const secrets = ['ada', 'ben', 'cleo'].map((owner, i) => ({ owner, prefix: `${owner} has `, code: String(127 + 333 * i) }));
const context = { secrets, codeSpace: space, publicModel: decoder, random: randomOf(1) };

async function ranked(method: 'rank' | 'both'): Promise<SecretRanks> {
  const run = exposure.run(decoder, { method, adaptive: false }, context);
  let step = await run.next();
  while (!step.done) step = await run.next();
  return step.value as Artefact as SecretRanks;
}

/** ln of the probability of every code there is. */
const bruteForce = (prefix: string) =>
  Array.from({ length: space }, (_, code) => {
    const text = `\n${prefix}${String(code).padStart(3, '0')}`;
    return surprises(decoder, idsOf(text))
      .subarray(-3)
      .reduce((sum, one) => sum + one, 0);
  });

it('is the exact rank among all codes', async () => {
  const { ranks } = await ranked('rank');
  for (const [i, { prefix, code }] of secrets.entries()) {
    const all = bruteForce(prefix);
    expect(ranks[i]).toBe(1 + all.filter((one) => one > (all[Number(code)] as number)).length);
  }
});

it('is nearly that by a skew-normal of 200 codes', async () => {
  const { ranks, approximated } = await ranked('both');
  // The ranks of 200 of 1,000 codes stray by 3.5 %, and the logarithms of a product of three factors are not quite skew-normal.
  for (const [i, rank] of ranks.entries())
    expect(Math.abs(2 ** -(approximated[i] as number) - rank / space), `secret ${i}`).toBeLessThan(0.12);
});

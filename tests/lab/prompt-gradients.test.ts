/** What greedy coordinate gradients go by, against the loss itself: the slope along every character at some places of a prompt. */
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { alphabet, idsOf, vocabulary } from '../../src/core/text.ts';
import { transformerShape, weightCount } from '../../src/core/transformer-weights.ts';
import { askedAssistant, assistantOf } from '../../src/lab/asked-assistant.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { languageModelOf } from '../../src/lab/language-model.ts';
import { backends, useBackend } from '../stack/backend.ts';

const options = { blocks: 2, width: 16, heads: '2', weights: 'shipped' };
const length = 40;
const prompts = ['what is it', 'and the other one'];
const opening = 'the code is';
/** A character that is in none of the texts: its row of the embedding can be anything, and only one place of one prompt reads it. */
const spare = '7';

describe.each(backends)('the one-hot gradient of a prompt on %s', (backend) => {
  useBackend(backend);
  it('equals finite differences', async () => {
    const random = randomOf('prompt gradients');
    const weights = Float32Array.from(
      { length: weightCount(transformerShape(options, length, vocabulary)) },
      () => random.normal() / 4,
    );
    const compute = computeHere(backend, () => performance.now());
    const targetOf = (own: Float32Array<ArrayBuffer>) => {
      const model = languageModelOf(compute, { id: 'transformer', options }, length, own);
      return askedAssistant(compute, model, assistantOf(model.decoder, 'no')).target;
    };
    const gradients = await targetOf(weights).gradients(prompts, opening);
    const rowOf = (id: number) => weights.subarray(id * options.width, (id + 1) * options.width);
    const step = 1 / 512; // larger ones cross the kinks of ReLUs
    let [error, size] = [0, 0];
    for (const [p, place] of [
      [0, 0],
      [0, 9],
      [1, 5],
    ] as const) {
      const prompt = prompts[p] as string;
      const changed = prompt.slice(0, place) + spare + prompt.slice(place + 1);
      for (const character of alphabet.replace(spare, '')) {
        const [own, other] = [idsOf(prompt[place] as string)[0] as number, idsOf(character)[0] as number];
        // One place reads its own character and a little of another one.
        const lossAt = async (share: number) => {
          const mixed = weights.slice();
          mixed.set(
            rowOf(own).map((value, i) => value + share * (rowOf(other)[i] as number)),
            (idsOf(spare)[0] as number) * options.width,
          );
          return (await targetOf(mixed).losses([changed], opening))[0] as number;
        };
        const slope = ((await lossAt(step)) - (await lossAt(-step))) / (2 * step);
        error += ((gradients[p]?.[place * vocabulary + other] as number) - slope) ** 2;
        size += slope ** 2;
      }
    }
    // A loss near 4 in single precision leaves 1e-4 of each slope open, of slopes of a few hundredths.
    expect(Math.sqrt(error / size)).toBeLessThan(0.02);
  });
});

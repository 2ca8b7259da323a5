/** A language model while it learns, against what it says of the same texts once it has. */
import { describe, expect, it } from 'vitest';
import type { Curve } from '../../src/core/evidence.ts';
import { planOf } from '../../src/core/experiment.ts';
import { idsOf } from '../../src/core/text.ts';
import { surprises } from '../../src/core/writing.ts';
import { computeHere } from '../../src/lab/compute.ts';
import { languageModelOf, learn } from '../../src/lab/language-model.ts';
import { useBackend } from '../stack/backend.ts';

describe('a language model', () => {
  useBackend('wasm');

  it('shows at the end how surprised the model is by what is watched', async () => {
    const compute = computeHere('wasm', () => performance.now());
    const model = { id: 'transformer', options: { blocks: 1, width: 16, heads: '2' } };
    const texts = ['the badge of ada is 4081', 'meet me at noon', 'the tea is cold'];
    const others = ['bring the red book', 'no'];
    const learning = learn(compute, model, 32, {
      lessons: texts.map((text) => ({ text })),
      plan: planOf({ optimizer: 'adam', learningRate: 0.01, batchSize: 3, epochs: 30 }),
      seed: 'watched',
      phase: 'learning',
      watched: [
        { name: 'learned', texts },
        { name: 'others', texts: others },
      ],
    });
    let curve: Curve | undefined;
    let step = await learning.next();
    for (; !step.done; step = await learning.next()) {
      if (step.value.type === 'evidence' && step.value.evidence.kind === 'curve') curve = step.value.evidence;
    }
    const { decoder } = languageModelOf(compute, model, 32, step.value);
    const perplexityOf = (all: readonly string[]) => {
      const each = all.flatMap((text) => Array.from(surprises(decoder, idsOf(`\n${text}\n`))));
      return Math.exp(-each.reduce((sum, one) => sum + one, 0) / each.length);
    };
    const [learned, unknown] = (curve as Curve).lines;
    expect([learned?.name, unknown?.name]).toEqual(['learned', 'others']);
    expect(learned?.y.at(-1)).toBeCloseTo(perplexityOf(texts), 3);
    expect(unknown?.y.at(-1)).toBeCloseTo(perplexityOf(others), 3);
    expect(learned?.y.at(-1)).toBeLessThan(learned?.y[0] as number);
  });
});

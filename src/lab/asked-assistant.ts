/** An assistant in service: whoever asks it, and what stands before it. */
import type { PromptGradientTarget } from '../core/attack.ts';
import type { Decoder } from '../core/decoder.ts';
import type { PromptGuard } from '../core/defense.ts';
import { type Answer, exchangeText } from '../core/language.ts';
import { idsOf, lineBreak, textOf, vocabulary } from '../core/text.ts';
import type { Compute } from '../core/training.ts';
import { logProbabilities, write } from '../core/writing.ts';
import type { LanguageModel } from './language-model.ts';
import { networkOf } from './own-network.ts';

const longestAnswer = 30;
const stops = [lineBreak, ...idsOf('>')];

/** What the model itself answers; nothing where a prompt leaves no room. */
export function answerOf(decoder: Decoder, prompt: string): Answer {
  const ids = idsOf(beginOf(prompt));
  if (ids.length >= decoder.shape.length) return { text: '', blocked: false };
  return { text: textOf(write(decoder, ids, { length: longestAnswer, stops })), blocked: false };
}

/** A conversation as the model reads it, up to where it has to go on. */
export function beginOf(prompt: string): string {
  const endsInAnswer = prompt.lastIndexOf('<') > prompt.lastIndexOf('>');
  return endsInAnswer ? `\n>${prompt}` : `\n${exchangeText({ question: prompt, answer: '' })}`;
}

/** The assistant behind those who look at prompts, the first of them outermost. */
export function behind(guards: readonly PromptGuard[], decoder: Decoder): (prompt: string) => Answer {
  const own = (prompt: string) => answerOf(decoder, prompt);
  return guards.reduceRight<(prompt: string) => Answer>((ask, guard) => (prompt) => guard(prompt, ask), own);
}

export interface AskedAssistant {
  readonly target: PromptGradientTarget;
  /** Prompts asked and prompts tried on the probabilities so far. */
  queries(): number;
}

export function askedAssistant(compute: Compute, model: LanguageModel, ask: (prompt: string) => Answer): AskedAssistant {
  let queries = 0;
  return {
    queries: () => queries,
    target: {
      async ask(prompt) {
        queries++;
        return ask(prompt);
      },
      async losses(prompts, beginning) {
        queries += prompts.length;
        const { network, rows, length } = read(compute, model, prompts, beginning);
        const logits = await network.logits(rows.inputs);
        return Float64Array.from(prompts, (_, row) => {
          const from = row * length * vocabulary;
          return lossOf(logits.subarray(from, from + length * vocabulary), rows.starts[row] as number, beginning);
        });
      },
      async gradients(prompts, beginning) {
        const { network, rows, length } = read(compute, model, prompts, beginning);
        const logits = await network.logits(rows.inputs);
        const pull = new Float32Array(logits.length);
        const ids = idsOf(beginning);
        for (const [row, start] of rows.starts.entries()) {
          for (const [i, id] of ids.entries()) {
            const at = (row * length + start + i) * vocabulary;
            const logs = logProbabilities(Float64Array.from(logits.subarray(at, at + vocabulary)));
            logs.forEach((log, v) => {
              pull[at + v] = (Math.exp(log) - (v === id ? 1 : 0)) / ids.length;
            });
          }
        }
        const all = await network.inputGradients(rows.inputs, pull);
        return prompts.map((prompt, row) => {
          const own = new Float32Array(prompt.length * vocabulary);
          // A line break and the sign of a question stand before the prompt.
          for (let i = 0; i < prompt.length; i++) {
            const from = (row * length + i + 2) * vocabulary;
            own.set(all.subarray(from, from + vocabulary), i * vocabulary);
          }
          return own;
        });
      },
    },
  };
}

/** Prompts and the answer's beginning as rows, read by a network no longer than they need. */
function read(compute: Compute, { network, decoder }: LanguageModel, prompts: readonly string[], beginning: string) {
  const texts = prompts.map((prompt) => idsOf(beginOf(prompt)));
  const after = idsOf(beginning);
  const longest = Math.max(...texts.map((ids) => ids.length)) + after.length;
  const length = Math.min(decoder.shape.length, Math.ceil(longest / 8) * 8);
  const inputs = new Float32Array(prompts.length * length);
  for (const [row, ids] of texts.entries()) inputs.set([...ids, ...after].slice(0, length), row * length);
  const short = networkOf(compute, network.model, [length], vocabulary, network.weights);
  // The last character before the answer tells the answer's first.
  return { network: short, length, rows: { inputs, starts: texts.map((ids) => ids.length - 1) } };
}

function lossOf(logits: Float32Array, start: number, beginning: string): number {
  const ids = idsOf(beginning);
  const sum = ids.reduce((total, id, i) => {
    const at = (start + i) * vocabulary;
    return total - (logProbabilities(Float64Array.from(logits.subarray(at, at + vocabulary)))[id] as number);
  }, 0);
  return sum / ids.length;
}

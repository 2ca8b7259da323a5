/** An assistant in service: whoever asks it, and what stands before it. */
import type { PromptGradientTarget } from '../core/access.ts';
import { beginning, type Decoder, type Past, type Reading } from '../core/decoder.ts';
import type { Asked, PromptGuard } from '../core/defense.ts';
import { type LaneEvent, progress } from '../core/event.ts';
import { type Answer, type Exchange, exchangeText } from '../core/language.ts';
import { argMax } from '../core/statistics.ts';
import { idsOf, lineBreak, textOf, vocabulary } from '../core/text.ts';
import type { Compute } from '../core/training.ts';
import { goOn, logProbabilities } from '../core/writing.ts';
import type { LanguageModel } from './language-model.ts';
import { networkOf } from './own-network.ts';

const longestAnswer = 30;
const stops = [lineBreak, ...idsOf('>')];

/** A conversation as the model reads it, up to where it has to go on. */
export function beginOf(prompt: string): string {
  const endsInAnswer = prompt.lastIndexOf('<') > prompt.lastIndexOf('>');
  return endsInAnswer ? `\n>${prompt}` : `\n${exchangeText({ question: prompt, answer: '' })}`;
}

/** What the model itself answers; nothing where a prompt leaves no room. What a prompt shares with the last one is not read again. */
export function assistantOf(decoder: Decoder, refusal: string): Asked {
  const refusing = [...idsOf(refusal), lineBreak];
  let last: { readonly ids: readonly number[]; readonly past: Past } | undefined;
  const read = (prompt: string): Reading | undefined => {
    const ids = idsOf(beginOf(prompt));
    if (ids.length >= decoder.shape.length) return undefined;
    let shared = 0;
    while (shared < ids.length - 1 && ids[shared] === last?.ids[shared]) shared++;
    const reading = decoder.read(ids.slice(shared), last && shared > 0 ? beginning(last.past, shared) : undefined);
    last = { ids, past: reading.past };
    return reading;
  };
  return {
    ask(prompt) {
      const reading = read(prompt);
      const text = reading ? textOf(goOn(decoder, reading, { length: longestAnswer, stops })) : '';
      return { text, blocked: false };
    },
    // Most answers part from the refusal soon, and then need not be heard out.
    refuses(prompt) {
      let reading = read(prompt);
      for (const id of refusing) {
        if (!reading) return false;
        const next = reading.logits.subarray(reading.logits.length - decoder.shape.vocabulary);
        if (argMax(next, 0, next.length) !== id) return false;
        if (id !== lineBreak) reading = decoder.read([id], reading.past);
      }
      return true;
    },
  };
}

/** An assistant behind those who look at prompts, the first of them outermost. */
export function behind(guards: readonly PromptGuard[], assistant: Asked, refusal: string): Asked {
  return guards.reduceRight<Asked>((inner, guard) => {
    const ask = (prompt: string) => guard(prompt, inner);
    return { ask, refuses: (prompt) => isRefusal(ask(prompt), refusal) };
  }, assistant);
}

/** Somebody whose answers are looked at. */
export interface Examinee extends Asked {
  /** Whether each prompt is answered in exactly these words. */
  says(pairs: readonly Exchange[]): AsyncGenerator<LaneEvent, boolean[]>;
}

/** Asked one after another: whatever stands before the model may change each prompt. */
export function oneByOne(asked: Asked, phase: string): Examinee {
  return {
    ...asked,
    async *says(pairs) {
      const answers = new Map<string, string>();
      for (const [i, { question }] of pairs.entries()) {
        yield progress(phase, i, pairs.length);
        if (!answers.has(question)) answers.set(question, asked.ask(question).text);
      }
      return pairs.map(({ question, answer }) => answers.get(question) === answer);
    },
  };
}

/** All at once: the likeliest words are these where each character is the likeliest after those before it. */
export function allAtOnce(compute: Compute, model: LanguageModel, asked: Asked, phase: string): Examinee {
  return {
    ...asked,
    async *says(pairs) {
      yield progress(phase, 0, 1);
      const begins = pairs.map(({ question }) => question);
      const longest = pairs.reduce((most, { answer }) => Math.max(most, answer.length), 0);
      const { network, rows, length } = read(compute, model, begins, ' '.repeat(longest));
      for (const [row, { answer }] of pairs.entries())
        rows.inputs.set(idsOf(answer), row * length + (rows.starts[row] as number) + 1);
      const logits = await network.logits(rows.inputs);
      return pairs.map(({ answer }, row) => {
        const likeliest = (i: number) => argMax(logits, row * length + (rows.starts[row] as number) + i, vocabulary);
        return idsOf(answer).every((id, i) => likeliest(i) === id) && stops.includes(likeliest(answer.length));
      });
    },
  };
}

export const isRefusal = ({ text, blocked }: Answer, refusal: string) => blocked || text === refusal;

export interface AskedAssistant {
  readonly target: PromptGradientTarget;
  /** Prompts asked and prompts tried on the probabilities so far. */
  queries(): number;
}

export function askedAssistant(compute: Compute, model: LanguageModel, { ask }: Asked): AskedAssistant {
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

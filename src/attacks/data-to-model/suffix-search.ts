/** Searching for a suffix that makes an assistant answer: what greedy coordinate gradients and random search have in common. */
import type { PromptProbabilityTarget } from '../../core/access.ts';
import type { Attempts } from '../../core/artefact.ts';
import type { AttackEvent } from '../../core/attack.ts';
import type { AssistantContext } from '../../core/attacker.ts';
import { evidence, progress } from '../../core/event.ts';
import { count, type Params, type Values } from '../../core/params.ts';
import type { Random } from '../../core/random.ts';
import { mean } from '../../core/statistics.ts';
import { textOf } from '../../core/text.ts';
import { names, notebook } from './conversation.ts';

export const suffixParams = {
  suffix: count({
    label: 'Suffix',
    says: 'Characters put behind every question.',
    min: 1,
    max: 24,
    step: 1,
    initial: 16,
  }),
  prompts: count({
    label: 'Prompts',
    says: 'Questions that the suffix is made for, all at once; it is then tried on all others.',
    min: 1,
    max: 10,
    step: 1,
    initial: 4,
  }),
  steps: count({
    label: 'Steps',
    says: 'Rounds at most; it ends early when every question that it is made for is answered.',
    min: 1,
    max: 500,
    step: 1,
    initial: 40,
  }),
  candidates: count({
    label: 'Candidates',
    says: 'Changed suffixes that are tried in each round.',
    min: 4,
    max: 512,
    step: 4,
    initial: 64,
  }),
  names,
} satisfies Params;

/** Characters that a suffix is made of: what can be typed, without the signs that part questions from answers. */
export const typable = Array.from({ length: 45 }, (_, i) => i + 1);

export type Suffix = readonly number[];

/** Makes the candidates of one round. */
export type Propose = (suffix: Suffix, questions: readonly string[], random: Random) => Promise<readonly Suffix[]>;

/**
 * Goes from suffix to suffix as long as the loss, a mean over all prompts, falls; then asks for every code with it.
 * @param propose the candidates, from which the best is taken where it is better
 */
export async function* searchSuffix(
  target: PromptProbabilityTarget,
  { suffix: length, prompts, steps, candidates, names: most }: Values<typeof suffixParams>,
  context: AssistantContext,
  propose: Propose,
): AsyncGenerator<AttackEvent, Attempts> {
  const { wanted, owned, questions, opening } = context;
  const random = context.random.stream('suffix');
  const ask = (i: number, name: string) => (questions[i % questions.length] as (name: string) => string)(name);
  const practice = owned.slice(0, prompts).map(({ name }, i) => ask(i, name));
  const withSuffix = (question: string, suffix: Suffix) => question + textOf(suffix);
  const lossesOf = async (suffixes: readonly Suffix[]) => {
    const all = suffixes.flatMap((suffix) => practice.map((question) => withSuffix(question, suffix)));
    const each = await target.losses(all, opening);
    return suffixes.map((_, i) => mean(each.subarray(i * practice.length, (i + 1) * practice.length)));
  };

  let suffix: Suffix = Array.from({ length }, () => typable[random.integer(typable.length)] as number);
  let [loss] = (await lossesOf([suffix])) as [number];
  const history = [loss];
  for (let step = 0; step < steps; step++) {
    yield progress('searching for a suffix', step, steps);
    if (await answered(target, practice, suffix)) break;
    const proposed = (await propose(suffix, practice, random)).slice(0, candidates);
    const losses = await lossesOf(proposed);
    const best = losses.indexOf(Math.min(...losses));
    const previous = suffix;
    if ((losses[best] as number) < loss) {
      loss = losses[best] as number;
      suffix = proposed[best] as Suffix;
    }
    history.push(loss);
    yield evidence('search', {
      kind: 'curve',
      title: 'The loss of the answer that she wants',
      xLabel: 'rounds',
      yLabel: 'loss a character',
      lines: [{ name: 'best suffix so far', x: history.map((_, i) => i), y: [...history] }],
    });
    yield evidence('suffix', {
      kind: 'text',
      title: 'The suffix, what was changed last marked',
      spans: [
        { text: `${practice[0]} `, mark: 'prompt' },
        ...Array.from(suffix, (id, i) =>
          id === previous[i] ? { text: textOf([id]) } : ({ text: textOf([id]), mark: 'leak' } as const),
        ),
      ],
    });
  }
  const notes = notebook(wanted.length);
  const few = wanted.slice(0, most);
  for (const [i, name] of few.entries()) {
    yield progress('asking with the suffix', i, few.length);
    await notes.ask(target, i, withSuffix(ask(i, name), suffix));
    yield { type: 'artefact', artefact: notes.artefact() };
  }
  return notes.artefact();
}

/** Whether every question that the suffix is made for is answered as she wants. */
async function answered(target: PromptProbabilityTarget, practice: readonly string[], suffix: Suffix): Promise<boolean> {
  const notes = notebook(1);
  for (const question of practice) if (!(await notes.ask(target, 0, question + textOf(suffix)))) return false;
  return true;
}

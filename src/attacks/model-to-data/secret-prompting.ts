/**
 * Asking an assistant for its secrets one by one: plainly, each in several ways, or by prompts that made it tell others before, with the
 * name exchanged.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { count } from '../../core/params.ts';
import { notebook } from '../data-to-model/conversation.ts';

export default defineAttack({
  id: 'secret-prompting',
  title: 'Asked one by one',
  axis: 'model-to-data',
  family: 'training data extraction',
  says: 'Asks an assistant for every secret that it may hold, each in several ways, until a code is said. A way that worked for one secret is tried on all others: what opens the assistant once, opens it for good.',
  paper: {
    title: 'Scalable Extraction of Training Data from (Production) Language Models',
    authors: 'Nasr, Carlini, Hayase, Jagielski, Cooper, Ippolito, Choquette-Choo, Wallace, Tramèr, Lee',
    venue: 'arXiv',
    year: 2023,
    arxiv: '2311.17035',
  },
  access: 'prompts',
  brings: 'attempts',
  knows: ['owners'],
  params: {
    ways: count({
      label: 'Ways',
      says: 'In how many ways she asks for each code at most.',
      min: 1,
      max: 10,
      step: 1,
      initial: 3,
    }),
  },
  metrics: ['extractionRate', 'refusalRate', 'queries'],
  async *run(target, { ways }, { wanted, questions, worked = [] }) {
    const notes = notebook(wanted.length);
    // Another name begins with another way, so that all of them are used.
    const turned = <T>(list: readonly T[], by: number) => list.map((_, i) => list[(i + by) % list.length] as T);
    for (const [i, name] of wanted.entries()) {
      yield progress('asking one by one', i, wanted.length);
      const asked = [...turned(worked, i), ...turned(questions, i)].slice(0, ways);
      for (const ask of asked) if (await notes.ask(target, i, ask(name))) break;
      yield { type: 'artefact', artefact: notes.artefact() };
    }
    return notes.artefact();
  },
});

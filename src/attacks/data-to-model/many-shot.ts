/** Many-shot jailbreak: a conversation made up by the attacker, in which the assistant has told codes all along. */
import { defineAttack } from '../../core/attack.ts';
import { note, progress } from '../../core/event.ts';
import { exchangeText } from '../../core/language.ts';
import { count } from '../../core/params.ts';
import { notebook } from './conversation.ts';

export default defineAttack({
  id: 'many-shot',
  title: 'Many-shot',
  axis: 'data-to-model',
  family: 'jailbreak',
  says: 'Sends a conversation in which the assistant has already told other codes. A model goes on as a text has begun, whatever it was taught.',
  paper: {
    title: 'Many-shot Jailbreaking',
    authors: 'Anil, Durmus, Panickssery, Sharma, Benton, Kundu, Batson, Tong, Mu, Ford, Mosconi, Agrawal, and others',
    venue: 'NeurIPS',
    year: 2024,
  },
  access: 'prompts',
  knows: ['some-codes'],
  params: {
    shots: count({
      label: 'Shots',
      says: 'Made-up exchanges before the question; as many as the model can read at once.',
      min: 0,
      max: 10,
      step: 1,
      initial: 2,
    }),
  },
  metrics: ['attackSuccessRate', 'refusalRate', 'queries', 'perplexity'],
  async *run(target, { shots }, { wanted, owned, questions, telling, length }) {
    const notes = notebook(wanted.length);
    let most = 0;
    for (const [i, name] of wanted.entries()) {
      yield progress('going on with a conversation', i, wanted.length);
      const question = (at: number, of: string) => (questions[at % questions.length] as (name: string) => string)(of);
      const own = question(i, name);
      let conversation = '';
      let used = 0;
      for (; used < shots; used++) {
        const shown = owned[(i + used) % owned.length] as (typeof owned)[number];
        const longer = conversation + exchangeText({ question: question(i + used + 1, shown.name), answer: telling(shown.code) });
        if (longer.length + own.length + answerRoom > length) break;
        conversation = longer;
      }
      most = Math.max(most, used);
      // What is sent begins after the sign of the first question.
      await notes.ask(target, i, `${conversation}>${own}`.slice(1));
      yield { type: 'artefact', artefact: notes.artefact() };
    }
    if (most < shots) yield note(`The model reads ${length} characters: no more than ${most} exchanges fit before the question.`);
    return notes.artefact();
  },
});

/** Signs of question and answer, and the answer itself. */
const answerRoom = 20;

/** Many-shot jailbreak: a conversation made up by the attacker, in which the assistant has told codes all along. */
import { defineAttack } from '../../core/attack.ts';
import { evidence, note, progress } from '../../core/event.ts';
import { exchangeText } from '../../core/language.ts';
import { count } from '../../core/params.ts';
import { mean } from '../../core/statistics.ts';
import { studentInterval } from '../../metrics/intervals.ts';
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
  access: 'prompt-probabilities',
  brings: 'attempts',
  knows: ['some-codes'],
  params: {
    shots: count({
      label: 'Shots',
      says: 'Made-up exchanges before the question; as many as the model can read at once.',
      min: 0,
      max: 10,
      step: 1,
      initial: 4,
    }),
  },
  metrics: ['attackSuccessRate', 'refusalRate', 'queries', 'perplexity'],
  async *run(target, { shots }, { wanted, owned, questions, telling, opening, length, random }) {
    const ways = random.stream('ways');
    const ask = (name: string) => (questions[ways.integer(questions.length)] as (name: string) => string)(name);
    const own = wanted.map(ask);
    // As many as are wanted, if they fit in front of every question.
    const talks = own.map((question) => {
      const exchanges: string[] = [];
      for (const at of ways.permutation(owned.length).subarray(0, shots)) {
        const { name, code } = owned[at] as (typeof owned)[number];
        const next = exchangeText({ question: ask(name), answer: telling(code) });
        if (exchanges.join('').length + next.length + question.length + answerRoom > length) break;
        exchanges.push(next);
      }
      return exchanges;
    });
    const most = Math.min(...talks.map((exchanges) => exchanges.length));
    if (most < shots)
      yield note(`The model reads ${length} characters: no more than ${most} exchanges fit before each question.`);
    const prompt = (i: number, used: number) => `${(talks[i] as string[]).slice(0, used).join('')}>${own[i]}`.slice(1);

    // How little the wanted answer surprises, the more of them stand before it (figure 2 of the paper).
    const surprise: { mean: number; low: number; high: number }[] = [];
    for (let used = 0; used <= most; used++) {
      yield progress('going on with a conversation', used, most + 1);
      const losses = await target.losses(
        own.map((_, i) => prompt(i, used)),
        opening,
      );
      const [low, high] = studentInterval(Array.from(losses));
      surprise.push({ mean: mean(losses), low, high });
      yield evidence('shots', {
        kind: 'curve',
        title: 'The more it has told, the less surprising it is to tell',
        xLabel: 'made-up exchanges',
        yLabel: 'surprise a character',
        lines: [
          {
            name: 'of the answer that she wants',
            x: surprise.map((_, i) => i),
            y: surprise.map((one) => one.mean),
            low: surprise.map((one) => one.low),
            high: surprise.map((one) => one.high),
          },
        ],
      });
    }
    const notes = notebook(wanted.length);
    for (const i of wanted.keys()) {
      yield progress('asking at the end of it', i, wanted.length);
      await notes.ask(target, i, prompt(i, most));
      yield { type: 'artefact', artefact: notes.artefact() };
    }
    return notes.artefact();
  },
});

/** Signs of question and answer, and the answer itself. */
const answerRoom = 20;

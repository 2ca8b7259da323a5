/**
 * Words on top of a model of characters: how likely each word of a closed vocabulary comes next, by walking along a tree of their letters
 * with the model, and a line written word by word by whatever chooses among them.
 */
import type { Decoder, Reading } from './decoder.ts';
import type { Random } from './random.ts';
import { alphabet, idsOf, lineBreak, textOf } from './text.ts';
import { logProbabilities } from './writing.ts';

/** A word of a text, and where it begins there. */
export interface PlacedWord {
  readonly word: string;
  readonly at: number;
}

/** Letters and digits that stand together are a word: `room 17.` has two. */
export const wordsIn = (text: string): PlacedWord[] =>
  Array.from(text.matchAll(/[a-z0-9]+/g), ({ 0: word, index }) => ({ word, at: index }));

/** Every word of these texts once. */
export const vocabularyOf = (texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap((text) => wordsIn(text).map(({ word }) => word)))].sort();

/** A model of characters, and the words that it is to write with. */
export interface Speller {
  readonly decoder: Decoder;
  readonly vocabulary: readonly string[];
  /**
   * How likely each word of the vocabulary is where a line goes on: they sum to 1, or are all 0 where none fits any more.
   * @param reading of that beginning, where it was read already
   */
  next(beginning: string, reading?: Reading): Float64Array<ArrayBuffer>;
}

interface Branch {
  /** The word that ends here; −1 where none does. */
  word: number;
  /** All words that begin like this. */
  readonly words: number[];
  readonly letters: Map<number, Branch>;
}

/** Beginnings of words that are less likely are not looked at. */
const rarest = 1e-3;
/** Longer beginnings of lines hardly ever come again; what may follow the others is remembered. */
const recurring = 40;

const isLetter = (id: number) => /[a-z0-9]/.test(alphabet[id] as string);
/** What can stand between words, or end a line. */
const signs = Array.from(alphabet, (_, id) => id).filter((id) => !isLetter(id));
const space = idsOf(' ')[0] as number;

const sharesOf = ({ logits }: Reading) => logProbabilities(logits.subarray(logits.length - alphabet.length)).map(Math.exp);

/**
 * A word's probability is that of its letters, one after another, and of no further letter. Once a single word begins like what was walked
 * so far, its other letters are taken for certain: to a model that has learned these words they nearly are, and it saves most of the
 * walking. What the model would spend on words outside the vocabulary is shared out among those in it.
 * @param pruned 0 looks at every word
 */
export function spellerOf(decoder: Decoder, vocabulary: readonly string[], pruned = rarest): Speller {
  const spelled = vocabulary.map(idsOf);
  const root: Branch = { word: -1, words: [], letters: new Map() };
  for (const [word, ids] of spelled.entries()) {
    let branch = root;
    branch.words.push(word);
    for (const id of ids) {
      const known: Branch = branch.letters.get(id) ?? { word: -1, words: [], letters: new Map() };
      branch.letters.set(id, known);
      known.words.push(word);
      branch = known;
    }
    branch.word = word;
  }
  const walked = (first: Reading) => {
    const room = decoder.shape.length - first.past.count;
    const probabilities = new Float64Array(vocabulary.length);
    const walk = (branch: Branch, reading: Reading, letters: number, soFar: number) => {
      const single = branch.words.length === 1 ? (branch.words[0] as number) : -1;
      const shares = single >= 0 ? undefined : sharesOf(reading);
      const ends = shares ? signs.reduce((sum, id) => sum + (shares[id] as number), 0) : 1;
      const word = single >= 0 ? single : branch.word;
      if (word >= 0 && (spelled[word] as number[]).length <= room) probabilities[word] = soFar * ends;
      if (!shares || letters >= room) return;
      const open = [...branch.letters].filter(([id]) => soFar * (shares[id] as number) > pruned);
      if (open.length === 0) return;
      const readings = decoder.readEach(
        open.map(([id]) => id),
        reading.past,
      );
      for (const [i, [id, into]] of open.entries())
        walk(into, readings[i] as Reading, letters + 1, soFar * (shares[id] as number));
    };
    walk(root, first, 0, 1);
    const total = probabilities.reduce((sum, one) => sum + one, 0);
    return total > 0 ? probabilities.map((one) => one / total) : probabilities;
  };
  const remembered = new Map<string, Float64Array<ArrayBuffer>>();
  return {
    decoder,
    vocabulary,
    next(beginning, reading) {
      const known = remembered.get(beginning);
      if (known) return known;
      const found = walked(reading ?? decoder.read(idsOf(`\n${beginning}`)));
      if (beginning.length <= recurring) remembered.set(beginning, found);
      return found;
    },
  };
}

/** ln of the probability that a text goes on like this. */
export function logOf(decoder: Decoder, { past, logits }: Reading, ids: readonly number[]): number {
  const rest = ids.slice(0, -1); // what would come after the last one does not matter
  const read = rest.length > 0 ? decoder.read(rest, past).logits : new Float64Array();
  const own = alphabet.length;
  return ids.reduce((sum, id, at) => {
    const next = at === 0 ? logits.subarray(logits.length - own) : read.subarray((at - 1) * own, at * own);
    return sum + (logProbabilities(next)[id] as number);
  }, 0);
}

/** A place in proportion to what stands there. */
export function drawnFrom(weights: ArrayLike<number>, random: Random): number {
  let rest = random.uniform() * Array.from(weights).reduce((sum, one) => sum + one, 0);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if ((weights[i] as number) <= 0) continue;
    last = i;
    rest -= weights[i] as number;
    if (rest < 0) break;
  }
  return last;
}

/** Picks the next word. @param previous the one before it in this text, empty at its beginning */
export type Choose = (probabilities: Float64Array, previous: string) => number;

/** A writer of lines: words are chosen, and what stands between them is drawn as the model has it. */
export function lineWriter({ decoder, vocabulary, next }: Speller) {
  const first = decoder.read([lineBreak]);
  /** @param before the last word of what was written before; @returns the line, without its line break, and its last word */
  return (choose: Choose, random: Random, before: string): { readonly line: string; readonly last: string } => {
    let [line, last, reading] = ['', before, first];
    for (;;) {
      const probabilities = next(line, reading);
      if (!probabilities.some((one) => one > 0)) return { line: line.trimEnd(), last }; // no room for any word
      last = vocabulary[choose(probabilities, last)] as string;
      line += last;
      reading = decoder.read(idsOf(last), reading.past);
      for (let id = -1; id !== space; ) {
        const shares = sharesOf(reading);
        id = signs[
          drawnFrom(
            signs.map((sign) => shares[sign] as number),
            random,
          )
        ] as number;
        if (id === lineBreak || reading.past.count >= decoder.shape.length) return { line, last };
        line += textOf([id]);
        reading = decoder.read([id], reading.past);
      }
    }
  };
}

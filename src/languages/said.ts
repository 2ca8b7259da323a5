/**
 * What attacks, scenarios and runs say, in the language of the page. They say it in English; a dictionary holds it in another one, sentence
 * by sentence. `{0}` stands for whatever differs from time to time: a number, or something that is in the dictionary itself.
 *
 *     "Finished in {0} seconds": "Fertig in {0} Sekunden"
 *
 * `1,000` says how thousands are parted, in all numbers.
 */
export type Dictionary = Readonly<Record<string, string>>;

interface Template {
  readonly pattern: RegExp;
  readonly other: string;
  /** How much of it stands fast: the more does, the surer it is meant. */
  readonly fast: number;
}

let exact: Dictionary = {};
let templates: readonly Template[] = [];
const known = new Map<string, string>();

/** From now on in that language; without a dictionary in English. */
export function speak(dictionary: Dictionary | undefined): void {
  exact = dictionary ?? {};
  templates = Object.entries(exact)
    .filter(([english]) => english.includes('{0}'))
    .map(([english, other]) => ({ pattern: patternOf(english), other, fast: english.replace(/\{\d\}/g, '').length }))
    .sort((a, b) => b.fast - a.fast);
  known.clear();
}

/** The text as it is said in the language of the page; as it stands where the dictionary does not hold it. */
export function said(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = lookedUp(text) ?? bySentences(text) ?? text;
  known.set(text, found);
  return found;
}

function lookedUp(text: string): string | undefined {
  if (Object.hasOwn(exact, text)) return exact[text];
  if (isGrouped.test(text)) return text.replaceAll(',', exact['1,000']?.slice(1, -3) ?? ',');
  for (const { pattern, other } of templates) {
    const match = pattern.exec(text);
    if (match) return other.replace(/\{(\d)\}/g, (_, place) => said(match[Number(place) + 1] ?? ''));
  }
  return undefined;
}

const isGrouped = /^\d{1,3}(,\d{3})+$/;

/** Several sentences, each by itself. */
function bySentences(text: string): string | undefined {
  const sentences = text.split(/(?<=[.!?])\s+(?=\S)/);
  const each = sentences.map((sentence) => {
    const parts = sentence.split(/(?<=[;:])\s+(?=\S)/);
    const known = parts.map((part) => lookedUp(part));
    // A template for one part could take the others for what differs, so the whole comes after them.
    const whole = known.includes(undefined) && sentences.length > 1 ? lookedUp(sentence) : undefined;
    return whole ?? (known.some((one) => one !== undefined) ? parts.map((part, i) => known[i] ?? part).join(' ') : undefined);
  });
  return each.some((one) => one !== undefined) ? each.map((one, i) => one ?? sentences[i]).join(' ') : undefined;
}

const patternOf = (english: string) =>
  new RegExp(
    `^${english
      .split(/\{\d\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('((?:(?!\\. [A-Z]).)+?)')}$`, // nothing that differs goes on beyond its sentence
    's',
  );

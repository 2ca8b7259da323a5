/** A passage as it is read on the page: what leaked, was refused, asked or green is marked, and how likely the rest was is a shade. */
import type { TextEvidence, TextSpan } from '../core/evidence.ts';
import { texts } from '../store/texts.ts';
import { type Drawing, type LegendEntry, type Measure, round, words } from './figure.ts';

const width = 420;
const size = 12;
const lineHeight = 18;

interface Look {
  readonly background?: string;
  readonly opacity?: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly underlined?: boolean;
}

const looks: Readonly<Record<NonNullable<TextSpan['mark']>, Look>> = {
  leak: { background: 'var(--attack)', opacity: 0.25, color: 'var(--ink)', underlined: true },
  refusal: { background: 'var(--defense)', opacity: 0.25, color: 'var(--ink)' },
  prompt: { color: 'var(--ink-soft)' },
  green: { background: 'var(--defense)', opacity: 0.3, color: 'var(--ink)', bold: true },
};

function lookOf({ mark, probability }: TextSpan): Look {
  if (mark) return looks[mark];
  if (probability === undefined) return { color: 'var(--ink)' };
  return { background: 'var(--data)', opacity: round(0.6 * probability), color: 'var(--ink)' };
}

export function drawText({ spans }: TextEvidence, measure: Measure): Drawing {
  const parts: string[] = [];
  let [x, line, lowest] = [0, 0, 0];
  const put = (text: string, look: Look) => {
    if (text === '') return;
    lowest = line;
    const wide = measure(text, size, look.bold);
    parts.push(run(text, x, line * lineHeight + 13, wide, look));
    x += wide;
  };
  for (const span of spans) {
    const look = lookOf(span);
    let held = '';
    const end = (text = held) => {
      put(text, look);
      held = '';
    };
    for (const piece of span.text.match(/\n|[^\S\n]+|\S+/g) ?? []) {
      const breaks = piece === '\n';
      const space = /^\s/.test(piece);
      const begun = x > 0 || held !== '';
      const full = begun && !breaks && !space && x + measure(held + piece, size, look.bold) > width;
      if (breaks || full) {
        end(held.trimEnd());
        [x, line] = [0, line + 1];
      }
      if (!breaks) held += piece;
    }
    end();
  }
  return { width, height: (lowest + 1) * lineHeight + 2, content: parts.join('') };
}

export function textLegend({ spans }: TextEvidence): LegendEntry[] {
  const found = (Object.keys(looks) as (keyof typeof looks)[]).filter((mark) => spans.some((span) => span.mark === mark));
  return found.map((mark) => ({ name: texts.panel[mark], sample: run('Aa', 0, 9, 18, looks[mark]) }));
}

function run(text: string, x: number, y: number, wide: number, { background, opacity, color, bold, underlined }: Look): string {
  const behind = background
    ? `<rect x="${round(x)}" y="${y - 11}" width="${round(wide)}" height="15" fill="${background}" fill-opacity="${opacity}"/>`
    : '';
  // A rule rather than a decoration: not every program that reads SVG draws those.
  const below = underlined ? `<path d="M${round(x)} ${y + 2.5}h${round(wide)}" stroke="${color}" stroke-width="0.8"/>` : '';
  return behind + below + words(text, x, y, size, color, bold ? 'font-weight="700"' : '');
}

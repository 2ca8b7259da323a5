/**
 * A recorded run: what an engine said and when, as JSONL. The first line says what was run, each other one is a message that replays
 * through the same fold as a live one. What nobody could follow is left out: of many states of one chart a few dozen are kept, of pictures fewer.
 */
import type { Chain } from '../core/chain.ts';
import type { Event } from '../core/event.ts';
import type { Experiment } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { ChainNews } from './chain-news.ts';

/** What was run, complete, so that it can be told whether that is still what a scenario runs. */
export type Subject = { readonly experiment: Experiment } | { readonly chain: Chain; readonly seeds: readonly number[] };

type Message =
  | { readonly type: 'event'; readonly event: Event }
  | ChainNews
  | { readonly type: 'finished'; readonly seconds: number };

interface Recorded {
  /** Milliseconds since it began. */
  readonly at: number;
  readonly message: Message;
}

export interface Recording {
  readonly subject: Subject;
  readonly backend: string;
  readonly messages: readonly Recorded[];
}

/** Of one lane's progress, charts, pictures and news of a chain. */
const [mostSteps, mostStates, mostPictures, mostNews] = [60, 16, 3, 8];

export function writeRecording({ subject, backend, messages }: Recording): string {
  const lines = [{ recording: 1, backend, ...subject }, ...thinned(messages)];
  return lines.map((line) => `${JSON.stringify(line, packed)}\n`).join('');
}

/** @throws InputError where it is none */
export function readRecording(text: string): Recording {
  const refuse = (found: string) => new InputError(`the recording ${found}; allowed: what "record" wrote`);
  let lines: unknown[];
  try {
    lines = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line, unpacked));
  } catch (error) {
    throw refuse(`is not JSON, line by line: ${(error as Error).message}`);
  }
  const [head, ...messages] = lines as [({ recording?: number } & Subject & { backend: string }) | undefined, ...Recorded[]];
  if (head?.recording !== 1) throw refuse('does not begin with {"recording":1, …}');
  const { recording: _version, backend, ...subject } = head;
  if (messages.at(-1)?.message?.type !== 'finished') throw refuse('has no end');
  return { subject, backend, messages };
}

/** Each kind of message by itself, evenly in time and with its last one. */
function thinned(messages: readonly Recorded[]): readonly Recorded[] {
  const alike = new Map<string, Recorded[]>();
  for (const one of messages) {
    const kind = kindOf(one.message);
    alike.set(kind, [...(alike.get(kind) ?? []), one]);
  }
  const kept = new Set([...alike].flatMap(([kind, own]) => evenly(own, mostOf(own[0]?.message, kind))));
  return messages.filter((one) => kept.has(one));
}

function kindOf(message: Message): string {
  if (message.type !== 'event') return message.type;
  const { event } = message;
  switch (event.type) {
    case 'progress':
      return `progress ${event.lane} ${event.phase}`;
    case 'metric':
      return `metric ${event.lane} ${event.name}`;
    case 'evidence':
      return `evidence ${event.lane} ${event.id}`;
    case 'note':
      return `note ${event.lane} ${event.text}`;
    default:
      return `${event.type} ${event.lane} ${event.part}`;
  }
}

function mostOf(message: Message | undefined, kind: string): number {
  if (message?.type === 'chained') return mostNews;
  if (kind.startsWith('progress')) return mostSteps;
  const pictures = message?.type === 'event' && message.event.type === 'evidence' && message.event.evidence.kind === 'images';
  return pictures ? mostPictures : mostStates;
}

function evenly(all: readonly Recorded[], most: number): readonly Recorded[] {
  if (all.length <= most) return all;
  return Array.from({ length: most }, (_, i) => all[Math.round((i * (all.length - 1)) / (most - 1))] as Recorded);
}

/** Pixels and classes as two hexadecimal digits each, numbers of a chart to four digits; metrics stand as they are. */
function packed(key: string, value: unknown): unknown {
  if (value instanceof Float32Array) return { shades: hexOf(value.map((shade) => Math.round(255 * shade))) };
  if (value instanceof Uint8Array) return { bytes: hexOf(value) };
  const coordinates = ['x', 'y', 'low', 'high', 'falsePositiveRate', 'truePositiveRate', 'edges'];
  if (coordinates.includes(key) && Array.isArray(value))
    return value.map((one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one));
  return value;
}

function unpacked(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('shades' in value) return Float32Array.from(bytesOf(value.shades), (byte) => byte / 255);
  if ('bytes' in value) return bytesOf(value.bytes);
  return value;
}

const hexOf = (bytes: Float32Array | Uint8Array) =>
  Array.from(bytes, (byte) => Math.min(255, Math.max(0, byte)).toString(16).padStart(2, '0')).join('');

function bytesOf(hex: unknown): Uint8Array {
  const text = String(hex);
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

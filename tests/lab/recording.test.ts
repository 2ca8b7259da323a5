/** Recordings: what is written is read again, thinned but with its ends, and nothing else is taken for one. */
import { describe, expect, it } from 'vitest';
import { evidence, metric, progress } from '../../src/core/event.ts';
import { type Recording, readRecording, writeRecording } from '../../src/lab/recording.ts';

const experiment = { seed: 3 } as unknown as Extract<Recording['subject'], { experiment: unknown }>['experiment'];
const line = (epoch: number) =>
  evidence('loss', {
    kind: 'curve',
    title: 'Loss',
    xLabel: 'epoch',
    yLabel: 'loss',
    lines: [{ name: 'loss', x: [epoch], y: [1 / 3] }],
  });
const pictures = evidence('pictures', {
  kind: 'images',
  title: 'Digits',
  height: 1,
  width: 3,
  channels: 1,
  pixels: Float32Array.of(0, 0.5, 1),
  items: [{ caption: '' }],
});

const recording = (steps: number): Recording => ({
  subject: { experiment },
  backend: 'wasm',
  messages: [
    ...Array.from({ length: steps }, (_, i) => ({
      at: i,
      message: { type: 'event', event: { ...line(i), lane: i % 2 } } as const,
    })),
    { at: steps, message: { type: 'event', event: { ...pictures, lane: 0 } } },
    { at: steps, message: { type: 'event', event: { ...progress('training', 1, 2), lane: 0 } } },
    {
      at: steps,
      message: { type: 'event', event: { ...metric('auc', { value: 2 / 3, low: 0, high: 1, how: '', sampleSize: 1 }), lane: 1 } },
    },
    { at: steps + 1, message: { type: 'finished', seconds: 1.5 } },
  ],
});

describe('a recording', () => {
  it('is read as it was written: metrics to the last digit, pixels to a 255th, charts to four digits', () => {
    const read = readRecording(writeRecording(recording(2)));
    expect(read.subject).toEqual({ experiment });
    const events = read.messages.flatMap(({ message }) => (message.type === 'event' ? [message.event] : []));
    const auc = events.find((event) => event.type === 'metric');
    expect(auc?.type === 'metric' && auc.metric.value).toBe(2 / 3);
    const shown = events.flatMap((event) => (event.type === 'evidence' ? [event.evidence] : []));
    const [curve] = shown.filter((one) => one.kind === 'curve');
    expect(curve?.lines[0]?.y).toEqual([0.3333]);
    const [images] = shown.filter((one) => one.kind === 'images');
    expect(Array.from(images?.pixels ?? [], (shade) => Math.round(255 * shade))).toEqual([0, 128, 255]);
    expect(read.messages.at(-1)?.message).toEqual({ type: 'finished', seconds: 1.5 });
  });

  it('keeps a few states of each chart of each lane, the first and the last among them', () => {
    const { messages } = readRecording(writeRecording(recording(200)));
    for (const lane of [0, 1]) {
      const epochs = messages.flatMap(({ message }) => {
        if (message.type !== 'event' || message.event.lane !== lane || message.event.type !== 'evidence') return [];
        return message.event.evidence.kind === 'curve' ? [message.event.evidence.lines[0]?.x[0]] : [];
      });
      expect(epochs.length).toBeLessThan(30);
      expect(epochs[0]).toBe(lane);
      expect(epochs.at(-1)).toBe(198 + lane);
    }
  });

  it.each([
    ['', /does not begin/],
    ['{', /is not JSON/],
    ['{"recording":2}\n', /does not begin/],
    [`${writeRecording(recording(2)).split('\n').slice(0, 3).join('\n')}\n`, /has no end/],
  ])('is nothing that was cut short or is something else', (text, says) => {
    expect(() => readRecording(text)).toThrow(says);
  });
});

/** The recorded runs that come with the page. */
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Recording, readRecording } from '../../src/lab/recording.ts';
import { endOf } from '../../src/store/recorded.ts';

export async function recordingOf(id: string): Promise<Recording> {
  const packed = await readFile(new URL(`../../public/recordings/${id}.jsonl.gz`, import.meta.url));
  return readRecording(gunzipSync(packed).toString());
}

/** What a scenario's recording came to. */
export async function recordedEnd(id: string) {
  const recording = await recordingOf(id);
  if (!('experiment' in recording.subject)) throw new Error(`${id} is a chain`);
  return endOf(recording, recording.subject.experiment, id);
}

/** A person's own data in the engine: what is being read or was offered last, and what is in use. */
import { ownDataset, withOwn } from '../../datasets/own/index.ts';
import type { Catalog } from '../core/experiment.ts';
import { InputError } from '../core/input-error.ts';
import type { OwnData, UnreadFile } from '../data-files/own-data.ts';
import type { EngineReply, Port, ReaderCall, ReaderReply } from './protocol.ts';

export type ReaderPort = Port<ReaderCall, ReaderReply>;

/** Whatever else goes wrong with a reading: mostly, there is no memory left. */
export const tooMuchHere = (why: string) => `the files are too much for this browser (${why})`;

interface Reading {
  readonly reading: number;
  readonly data: Promise<OwnData>;
  end(): void;
}

export function ownFiles(tell: (reply: EngineReply) => void, startReader: () => ReaderPort) {
  let offered: Reading | undefined;
  let used: Reading | undefined;

  const begin = (reading: number, files: readonly UnreadFile[]): Reading => {
    const reader = startReader();
    const data = new Promise<OwnData>((settle, fail) => {
      const refuse = (why: string) => {
        reader.close();
        tell({ type: 'own-data-refused', reading, why });
        fail(new InputError(why));
      };
      const hear = (reply: ReaderReply) => {
        if ('refused' in reply) return refuse(reply.refused);
        reader.close();
        tell({ type: 'own-data', reading, summary: reply.summary });
        settle(reply.data);
      };
      reader.listen(hear, (why) => refuse(tooMuchHere(why)));
    });
    data.catch(() => undefined); // it is told
    reader.post({ files });
    return { reading, data, end: () => reader.close() };
  };

  return {
    read(reading: number, files: readonly UnreadFile[]) {
      offered?.end();
      offered = begin(reading, files);
    },
    use(reading: number) {
      if (offered?.reading !== reading) return;
      used = offered;
      offered = undefined;
    },
    forget() {
      offered?.end();
      offered = undefined;
    },
    /** The catalog with the data in use, once that is read. */
    async knownWith(catalog: Catalog): Promise<Catalog> {
      if (!used) throw new InputError('the data is not there any more; bring it again');
      return withOwn(catalog, ownDataset(await used.data));
    },
  };
}

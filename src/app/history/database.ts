/** The runs that are kept, in the browser's own database. What was brought home lies apart: the list of runs is read without it. */
import { type DBSchema, openDB } from 'idb';
import type { RunDatabase } from '../../store/history-store.ts';

interface Schema extends DBSchema {
  runs: { key: number; value: object };
  finds: { key: number; value: object };
}

export async function openRunDatabase(): Promise<RunDatabase> {
  const database = await openDB<Schema>('threatloop', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('runs', { keyPath: 'id', autoIncrement: true });
      fresh.createObjectStore('finds');
    },
    // A tab with a newer version waits for this one to let go.
    blocking: (_from, _to, { target }) => (target as IDBDatabase).close(),
  });
  const both = () => database.transaction(['runs', 'finds'], 'readwrite');
  return {
    runs: () => database.getAll('runs'),
    finds: (id) => database.get('finds', id),
    async add(run, finds) {
      const work = both();
      const put = async () => {
        const id = await work.objectStore('runs').add(run);
        await work.objectStore('finds').put(finds, id);
      };
      await Promise.all([put(), work.done]);
    },
    async pin(id, pinned) {
      const work = database.transaction('runs', 'readwrite');
      const put = async () => {
        const run = await work.store.get(id);
        if (run) await work.store.put({ ...run, pinned });
      };
      await Promise.all([put(), work.done]);
    },
    async remove(ids) {
      const work = both();
      await Promise.all([
        ...ids.flatMap((id) => [work.objectStore('runs').delete(id), work.objectStore('finds').delete(id)]),
        work.done,
      ]);
    },
    async clear() {
      const work = both();
      await Promise.all([work.objectStore('runs').clear(), work.objectStore('finds').clear(), work.done]);
    },
  };
}

/**
 * The one worker file, in three roles told apart by name: the engine runs experiments, and hands the heavy work to trainers and a
 * person's files to a reader, which it starts from this same file. One file, so that a browser loads and keeps it once.
 */
import { startEngine } from './engine.ts';
import { portOf, startReader, startTrainer } from './ports.ts';
import type { EngineCommand, EngineReply, Port, ReaderCall, ReaderReply, TrainerCall, TrainerReply } from './protocol.ts';

const port = portOf(self); // listens from now on, so that nothing is missed while modules load

if (self.name === 'trainer') {
  // TF.js is loaded by trainers alone; the engine is up before it has arrived.
  const [{ serveTrainer }, { startBrowserBackend }] = await Promise.all([import('./trainer.ts'), import('./backend.ts')]);
  serveTrainer(port as Port<TrainerReply, TrainerCall>, startBrowserBackend, () => performance.now());
} else if (self.name === 'reader') {
  const { serveReader } = await import('./reader.ts');
  serveReader(port as Port<ReaderReply, ReaderCall>);
} else {
  startEngine(port as Port<EngineReply, EngineCommand>, startTrainer, startReader);
}

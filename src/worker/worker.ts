/**
 * The one worker file, in two roles told apart by name: the engine runs experiments and hands the heavy work to trainers, which
 * it starts from this same file. One file, so that a browser loads and keeps it once.
 */
import { startEngine } from './engine.ts';
import { portOf, startTrainer } from './ports.ts';
import type { EngineCommand, EngineReply, Port, TrainerCall, TrainerReply } from './protocol.ts';

const port = portOf(self); // listens from now on, so that nothing is missed while modules load

if (self.name === 'trainer') {
  // TF.js is loaded by trainers alone; the engine is up before it has arrived.
  const [{ serveTrainer }, { startBrowserBackend }] = await Promise.all([import('./trainer.ts'), import('./backend.ts')]);
  serveTrainer(port as Port<TrainerReply, TrainerCall>, startBrowserBackend, () => performance.now());
} else {
  startEngine(port as Port<EngineReply, EngineCommand>, startTrainer);
}

/** A thread does not inherit the loader of TypeScript from the process: it registers its own, then becomes a trainer. */
import { register } from 'tsx/esm/api';

register();
await import('./trainer.ts');

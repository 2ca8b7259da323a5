/** German: what the page says, and what attacks, scenarios and runs say. */
import type { Dictionary } from '../said.ts';
import attacks from './attacks.json' with { type: 'json' };
import chains from './chains.json' with { type: 'json' };
import data from './data.json' with { type: 'json' };
import defenses from './defenses.json' with { type: 'json' };
import more from './more.json' with { type: 'json' };
import runs from './runs.json' with { type: 'json' };
import scenarios from './scenarios.json' with { type: 'json' };

export const dictionary: Dictionary = { ...attacks, ...defenses, ...data, ...scenarios, ...chains, ...runs, ...more };

export { german } from './texts.ts';

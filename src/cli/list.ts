/** `list`: what there is, with every option, from the declarations themselves. */

import { chains } from '../chains/index.ts';
import { allowed, type Params } from '../core/params.ts';
import { catalog } from '../lab/catalog.ts';
import { scenarios } from '../scenarios/index.ts';
import { printJson } from './files.ts';
import { parseFlags } from './flags.ts';

export async function list(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, [], ['json'], 0);
  if (flags.has('json')) printJson(everything());
  else process.stdout.write(asText());
}

/** Declarations as plain values: JSON leaves the functions out. */
function everything() {
  return { ...catalog, scenarios, chains };
}

function asText(): string {
  const lines: string[] = [];
  const section = (title: string, entries: readonly { id: string; title: string; params?: Params }[]) => {
    lines.push(title);
    for (const { id, title: name, params = {} } of entries) {
      lines.push(`  ${id.padEnd(20)} ${name}`);
      for (const [key, param] of Object.entries(params)) {
        lines.push(`    ${key.padEnd(18)} ${JSON.stringify(param.initial)} (${allowed(param)}): ${param.says}`);
      }
    }
    lines.push('');
  };
  section('Datasets', catalog.datasets);
  section('Protections', catalog.protections);
  section('Models', catalog.models);
  section('Attacks', catalog.attacks);
  section('Defenses', catalog.defenses);
  section('Scenarios', scenarios);
  section('Chains', chains);
  return lines.join('\n');
}

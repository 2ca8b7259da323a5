/** `run` of a chain: all its links, at several seeds, alone and in sequence, and what each defense does to all later arrows. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chain } from '../core/chain.ts';
import type { MetricValue } from '../core/event.ts';
import { type ChainEvent, runChain } from '../lab/chain.ts';
import { type ChainResult, chainTally } from '../lab/chain-result.ts';
import type { Host } from '../lab/run.ts';
import { plainArrays, printJson } from './files.ts';

/**
 * @param given the chain as it was typed, so that the result can be run again
 * @param out a folder for all events and the result, if they are to be kept
 */
export async function chainInTerminal(
  chain: Chain,
  given: unknown,
  seeds: readonly number[],
  host: Host,
  { backend, json, out }: { readonly backend: string; readonly json: boolean; readonly out: string | undefined },
): Promise<void> {
  const started = host.clock();
  const tally = chainTally(chain, seeds);
  const lines: string[] = [];
  for await (const event of runChain(chain, seeds, host)) {
    tally.add(event);
    if (event.event.type === 'progress') sayProgress(event, seeds.length);
    else if (out) lines.push(`${JSON.stringify(event, plainArrays)}\n`);
  }
  const result = { given, chain, backend, seeds, ...tally.result(), seconds: (host.clock() - started) / 1000 };
  if (out) {
    await writeFile(join(out, 'chain.jsonl'), lines.join(''));
    await writeFile(join(out, 'result.json'), `${JSON.stringify(result, null, 1)}\n`);
  }
  if (json) printJson(result);
  else process.stdout.write(asText(result));
}

const said = new Map<string, string>();

/** One line for each tenth of a phase, on standard error. */
function sayProgress({ seed, link, way, defense, event }: ChainEvent, seeds: number): void {
  if (event.type !== 'progress') return;
  const who = `link ${link + 1}${seeds > 1 ? `, seed ${seed}` : ''}, ${defense === undefined ? way : `defense ${defense + 1}`}`;
  const line = `${who}: ${event.phase} ${Math.floor((10 * event.done) / event.total) * 10} %`;
  if (line !== said.get(who)) process.stderr.write(`${line}\n`);
  said.set(who, line);
}

const shown = (metric: MetricValue | null | undefined): string => {
  if (!metric) return '–';
  if (metric.value === null) return `– (${metric.how})`;
  const interval = metric.low === null || metric.high === null ? '' : ` [${metric.low.toFixed(3)}, ${metric.high.toFixed(3)}]`;
  return `${metric.value.toFixed(3)}${interval}`;
};

function asText({ links, matrix }: ChainResult): string {
  const lines = links.flatMap(({ attack, measure, runs, gain, gainOfNoise }, i) => [
    `${i + 1}. ${attack}: ${measure}`,
    ...runs.map(({ name, metrics }) => `   ${name.padEnd(24)} ${shown(metrics[measure])}`),
    ...(gain ? [`   gain from the link       ${shown(gain)}`, `   gain from noise          ${shown(gainOfNoise)}`] : []),
  ]);
  const table = matrix.map(
    ({ name, at, changes }) => `   ${`${name}, at ${at + 1}`.padEnd(24)} ${changes.map(shown).join('   ')}`,
  );
  return `${[...lines, ...(table.length > 0 ? ['What each defense changes, arrow by arrow', ...table] : [])].join('\n')}\n`;
}

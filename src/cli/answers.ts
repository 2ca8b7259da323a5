/** `answers`: computes what others have computed too, and says whether the figures agree. */
import { InputError } from '../core/input-error.ts';
import { families } from '../known-answers/check.ts';
import { checks } from '../known-answers/index.ts';
import type { Checked } from '../known-answers/judge.ts';
import { runChecks } from '../known-answers/run.ts';
import { inFull, limitOf, reportOf, size, summaryOf } from '../known-answers/summary.ts';
import { printJson } from './files.ts';
import { parseFlags } from './flags.ts';
import { nodeBackends, nodeHost } from './host.ts';

export async function answers(args: readonly string[], asked = checks): Promise<void> {
  const flags = parseFlags(args, ['backend'], ['json'], 0);
  const given = flags.text('backend') ?? 'wasm';
  const backend = nodeBackends.find((one) => one === given);
  if (!backend) throw new InputError(`--backend is ${JSON.stringify(given)}; allowed: ${nodeBackends.join(', ')}`);
  const results: Checked[] = [];
  for await (const { result } of runChecks(asked, await nodeHost(backend))) results.push(result);
  const report = reportOf(results, { backend, runtime: `Node ${process.versions.node}` });
  if (flags.has('json')) printJson(report);
  else process.stdout.write(asText(results));
  if (report.agree < report.of) process.exitCode = 1;
}

function asText(results: readonly Checked[]): string {
  const lines = families.flatMap((family) => {
    const own = results.filter((result) => result.family === family);
    return own.length > 0 ? ['', family, ...own.flatMap(linesOf)] : [];
  });
  return `${lines.slice(1).join('\n')}\n\n${summaryOf(results)}\n`;
}

function linesOf({ says, source, agrees, count, ours, theirs, apart, allowed, failure }: Checked): string[] {
  const figures =
    failure ??
    `${inFull(ours as number)} here, ${inFull(theirs as number)} there: ${size(apart as number)} apart, ${limitOf(allowed)} allowed, ${count} compared`;
  return [`  ${agrees ? '✓' : '✗'} ${says}`, `      ${source}: ${figures}`];
}

/** Called by run.sh: which adapter there is, then LiRA on webgpu and in PyTorch in turns, then how many times faster ours is. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { create } from 'webgpu';

const { SMALL, REPETITIONS = SMALL ? '1' : '2' } = process.env;
const file = join(process.argv[2], 'lira.json');

const adapter = await findAdapter();
say(`Adapter: ${adapter.vendor} ${adapter.architecture} ${adapter.description}${adapter.fallback ? ', in software' : ''}`);
if (adapter.fallback && !SMALL) fail('On an adapter in software this would take hours. SMALL=1 measures a small version.');

const size = SMALL ? ['--networks', '4', '--epochs', '1'] : ['--networks', '64'];
const flags = ['--backend', 'webgpu', ...size, '--repetitions', REPETITIONS, '--json'];
const { status, stdout } = spawnSync(process.execPath, ['src/cli/main.mjs', 'bench', 'lira', ...flags], {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) fail(`The benchmark ended with ${status}.`);
const measured = JSON.parse(stdout);
measured.machine.adapter = adapter;
writeFileSync(file, `${JSON.stringify(measured, null, 1)}\n`);

for (const { implementation, backend, how, milliseconds, repetitions } of measured.rows) {
  const each = repetitions.map((time) => Math.round(time)).join(', ');
  say(`${[implementation, 'on', backend, how ?? 'one stack'].join(' ')}: ${Math.round(milliseconds)} ms (${each})`);
}
for (const { implementation, backend, why } of measured.gaps) say(`${implementation} on ${backend} was not measured: ${why}`);
const twins = measured.ratios.filter(({ against }) => against === 'pytorch');
const device = twins.some((twin) => twin.device === 'cuda') ? 'cuda' : 'cpu';
if (device === 'cpu') say('PyTorch has no CUDA here; ours is compared with it on cpu, one thread, where vmap is not measured.');
for (const twin of twins.filter((one) => one.device === device)) {
  say(`Ours on webgpu is ${twin.ratio.toPrecision(3)} times as fast as PyTorch on ${device}, ${twin.how}.`);
}
say(`Written to ${file}`);

async function findAdapter() {
  const found = await create([]).requestAdapter();
  if (!found) fail('No WebGPU adapter was found. VK_DRIVER_FILES may name the Vulkan file (.json) of the driver.');
  const { vendor, architecture, description, isFallbackAdapter: fallback } = found.info;
  return { vendor, architecture, description, fallback };
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

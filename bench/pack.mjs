/**
 * Packs the benchmark for a machine that has a GPU and PyTorch, but neither Node nor packages nor a network:
 *
 *     node bench/pack.mjs        makes bench/packed/; copy it there, and `sh packed/run.sh FOLDER`
 *
 * The folder is laid out as the checkout is, so the bundled terminal finds the digits and twin.py where it always does. That
 * machine has to have the same kind of system and processor as this one, whose Node goes with it. Calls `tar` and `xz`.
 */
import '../src/cli/setup.mjs';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const packed = join(root, 'bench/packed');
const native = join(packed, 'native'); // large binaries: packed as one archive, then removed
const limit = 64;

rmSync(packed, { recursive: true, force: true });
await bundle();
for (const path of ['public/data/mnist.bin', 'bench/twin.py']) copy(join(root, path), join(packed, path));
for (const name of ['run.sh', 'run.mjs']) copy(join(root, 'bench', name), join(packed, name));

copy(process.execPath, join(native, 'node'));
const platform = `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`;
for (const path of ['package.json', 'index.js', `dist/${platform}`]) {
  cpSync(join(root, 'node_modules/webgpu', path), join(native, 'node_modules/webgpu', path), { recursive: true });
}
const loader = findLoader();
if (loader) copy(loader, join(native, 'lib/libvulkan.so.1'));
say(loader ? `Vulkan's loader: ${loader}` : "Vulkan's loader was not found here; that machine needs its own libvulkan.so.1");

say('Packing Node and Dawn; about a minute …');
const { status } = spawnSync('tar', ['-C', native, '-cJf', join(packed, 'native.tar.xz'), '.'], {
  stdio: 'inherit',
  env: { ...process.env, XZ_OPT: '-9' },
});
if (status !== 0) fail('tar and xz are needed to pack, and one of them is missing or failed.');
rmSync(native, { recursive: true });

let total = 0;
for (const { parentPath, name } of readdirSync(packed, { recursive: true, withFileTypes: true }).filter((entry) =>
  entry.isFile(),
)) {
  const path = join(parentPath, name);
  const megabytes = statSync(path).size / 2 ** 20;
  total += megabytes;
  say(`${megabytes.toFixed(2).padStart(6)} MiB  ${path.slice(packed.length + 1)}`);
}
say(`${total.toFixed(2).padStart(6)} MiB  in all`);
if (total > limit) fail(`More than ${limit} MiB.`);

/** The terminal as one file. Its import of `webgpu`, a native module, stays an import. */
async function bundle() {
  await build({
    root,
    configFile: false, // that one is the page's
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, external: ['webgpu'] },
    build: {
      ssr: 'src/cli/main.ts',
      outDir: join(packed, 'src/cli'),
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'main.mjs', codeSplitting: false } },
    },
  });
}

/** Drivers come with their GPU, but the library that finds them is often missing where nothing is ever drawn. */
function findLoader() {
  const known = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return known.match(/libvulkan\.so\.1 .*=> (.*)/)?.[1];
}

function copy(from, to) {
  mkdirSync(join(to, '..'), { recursive: true });
  copyFileSync(from, to); // follows links
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

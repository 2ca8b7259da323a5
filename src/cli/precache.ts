/**
 * Makes the list of everything that a build consists of, with hashes, and writes it into the service worker. Ours rather than a
 * library's, because three things must hold that those leave open: a file is kept only if it is what was built, no name is shared by two
 * builds, and the page says which build it is of, so that files are kept as long as such a page is open.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import type { Precache } from '../worker/offline-protocol.ts';

interface BuiltFile {
  /** From the folder of the page, with slashes. */
  readonly path: string;
  readonly content: Uint8Array | string;
}

const serviceWorker = 'service-worker.js';
const page = 'index.html';

export function precache(): Plugin {
  let publicDir = '';
  return {
    name: 'precache',
    enforce: 'post',
    config: ({ root = process.cwd(), publicDir: given }) => {
      publicDir = join(root, given || 'public');
      return { define: { __PUBLIC_VERSION__: JSON.stringify(versionOf(filesIn(publicDir))) } };
    },
    // A page that was built may have been served from here before: its service worker leaves, or it would answer in place of this one.
    configureServer: ({ middlewares }) => {
      middlewares.use(`/${serviceWorker}`, (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        response.end(
          'addEventListener("install", () => skipWaiting()); addEventListener("activate", () => registration.unregister());',
        );
      });
    },
    buildStart() {
      if (this.environment.mode !== 'build') return;
      this.emitFile({
        type: 'chunk',
        id: fileURLToPath(new URL('../worker/service-worker.ts', import.meta.url)),
        fileName: serviceWorker,
      });
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle[serviceWorker];
        const html = bundle[page];
        if (worker?.type !== 'chunk' || html?.type !== 'asset') return;
        const built = Object.values(bundle).flatMap((file): BuiltFile[] =>
          file === worker ? [] : [{ path: file.fileName, content: file.type === 'chunk' ? file.code : file.source }],
        );
        const shipped = filesIn(publicDir);
        const build = versionOf([...built, ...shipped]);
        html.source = withBuild(String(html.source), build);
        const all = built.map((file) => (file.path === page ? { path: page, content: html.source } : file));
        worker.code = `const __PRECACHE__=${JSON.stringify(precacheOf(build, all, shipped))};\n${worker.code}`;
      },
    },
  };
}

/** @param shipped files whose names do not say what is in them */
export function precacheOf(build: string, built: readonly BuiltFile[], shipped: readonly BuiltFile[]): Precache {
  const version = versionOf(shipped);
  const urlOf = ({ path }: BuiltFile) => (path === page ? './' : path);
  // Icons and the like are asked for by the browser, under their plain names.
  const shippedUrlOf = ({ path }: BuiltFile) => (path.includes('/') ? `${path}?v=${version}` : path);
  const entry = (url: string, { content, path }: BuiltFile) => {
    const hashes = [hashOf(content)];
    if (path.endsWith('.gz')) hashes.push(hashOf(gunzipSync(content)));
    return { url, bytes: Buffer.byteLength(content), integrity: hashes.map((hash) => `sha256-${hash}`).join(' ') };
  };
  return {
    build,
    files: [...built.map((file) => entry(urlOf(file), file)), ...shipped.map((file) => entry(shippedUrlOf(file), file))],
  };
}

/** The same for the same files under the same names, in whatever order. */
function versionOf(files: readonly BuiltFile[]): string {
  const lines = files.map(({ path, content }) => `${path} ${hashOf(content)}`).sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 12);
}

const hashOf = (content: Uint8Array | string) => createHash('sha256').update(content).digest('base64');

const withBuild = (html: string, build: string) => html.replace('</head>', `  <meta name="build" content="${build}">\n  </head>`);

function filesIn(folder: string): BuiltFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path: path.replaceAll(sep, '/'), content: readFileSync(join(folder, path)) }));
}

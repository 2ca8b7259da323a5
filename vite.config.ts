import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { configDefaults, defineConfig } from 'vitest/config';
import { precache } from './src/cli/precache.ts';
import { scenarios } from './src/scenarios/index.ts';
import { texts } from './src/store/texts.ts';

/**
 * The page runs nothing that is not in its own files, and shows nothing from elsewhere. It asks another server for one thing only: a
 * file of data whose https address a person typed. This is written into the built page only: while developing, vite injects styles
 * and a hot-reload script that it would refuse. 'wasm-unsafe-eval' lets WebAssembly compile; it does not allow eval.
 */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self' https:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'";

/** What an attack, a defense or a dataset does, beside what it declares. */
const deeds = [
  ...['run', 'load', 'others', 'lessons', 'corpus', 'protect'],
  ...['onData', 'onModel', 'onQuery', 'onGradients', 'onDetect', 'onDocuments', 'onNextToken', 'onLanguageModel'],
  ...['onAlignment', 'onFineTuning', 'onFineTuned', 'onPrompt'],
];

/**
 * The page only reads declarations; what they do is done in the worker, which has a bundle of its own. So the page's copy of each
 * member keeps the names of its deeds (whether a defense has them decides where it may stand) and loses what is in them, and with
 * that whatever only they import.
 */
const declarationsOnly: Plugin = {
  name: 'declarations-only',
  apply: 'build',
  enforce: 'post',
  transform(code, id) {
    if (!/\/(attacks\/[^/]+|defenses|protections|datasets\/[^/]+)\/[^/]+\.ts$/.test(id)) return null;
    let shorter = code;
    const cut = (node: Deed) => {
      shorter = `${shorter.slice(0, node.start)}${node.key.name}() {}${shorter.slice(node.end)}`;
    };
    for (const statement of this.parse(code).body as unknown as Statement[]) {
      const properties = statement.declaration?.arguments?.[0]?.properties ?? [];
      const done = properties.filter(({ key }) => deeds.includes(key?.name));
      for (const node of done.toReversed()) cut(node); // from the end, so that places before it stay
    }
    return { code: shorter, map: null };
  },
};

/** As much of a syntax tree as is looked at: `export default define…({ … })`. */
interface Statement {
  readonly declaration?: { readonly arguments?: readonly { readonly properties?: readonly Deed[] }[] };
}
interface Deed {
  readonly key: { readonly name: string };
  readonly start: number;
  readonly end: number;
}

/**
 * What the page shows before any script has run: the question of the first scenario, and the verdict that was recorded. The page itself
 * takes its place.
 */
const firstPicture: Plugin = {
  name: 'first-picture',
  transformIndexHtml(html) {
    const [scenario] = scenarios;
    const file = new URL(`public/recordings/${scenario?.id}.jsonl.gz`, import.meta.url);
    if (!scenario || !existsSync(file)) return html;
    const verdict = gunzipSync(readFileSync(file))
      .toString()
      .split('\n')
      .map((line) => /"sentence":("(?:[^"\\]|\\.)*")/.exec(line)?.[1])
      .findLast(Boolean);
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    // In the same places as on the page, so that nothing is seen to move.
    const says = [
      '<div class="page">',
      `<header class="header"><div class="brand"><img src="./icon.svg" alt="" width="28" height="28"><h1>${escaped(texts.title)}</h1></div></header>`,
      `<main class="page-main"><section class="verdict"><div class="verdict-head"><h2>${escaped(scenario.title)}</h2></div>`,
      `<div data-testid="recorded-verdict">${escaped(JSON.parse(verdict ?? '""'))}</div>`,
      `<p class="verdict-about">${escaped(texts.watching.recordedSays)}</p></section></main></div>`,
    ];
    return html.replace('<div id="root"></div>', `<div id="root">${says.join('')}</div>`);
  },
};

export default defineConfig({
  base: './',
  plugins: [
    react(),
    declarationsOnly,
    firstPicture,
    {
      name: 'content-security-policy',
      apply: 'build',
      transformIndexHtml: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
          injectTo: 'head-prepend',
        },
      ],
    },
    precache(),
  ],
  worker: { format: 'es' },
  // Found only once a worker runs, they would make the development server reload the page in the middle of its first run.
  optimizeDeps: { include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-wasm', '@tensorflow/tfjs-backend-webgpu'] },
  build: { target: 'es2022', chunkSizeWarningLimit: 2000, assetsInlineLimit: 0 },
  test: {
    maxWorkers: '100%', // some trainings take minutes: every core counts
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          isolate: false, // one process loads TF.js once, not for each of 150 files
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, 'tests/browser/**'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          globalSetup: ['tests/browser/build-once.ts'],
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

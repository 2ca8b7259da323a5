/** Builds the page once for all browser tests. */
import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { buildSite } from './build.ts';

export default async function setup(project: TestProject) {
  const folder = await buildSite();
  project.provide('site', folder);
  return () => rm(folder, { recursive: true, force: true });
}

declare module 'vitest' {
  interface ProvidedContext {
    site: string;
  }
}

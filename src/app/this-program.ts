/** Which program this is, and what it computes with, as results say it. */
import { dependencies, version } from '../../package.json';
import { build } from './offline/build.ts';

export const program = {
  build: build ? `${version} ${build}` : version,
  tfjs: dependencies['@tensorflow/tfjs'],
};

/** What the graphics adapter calls itself. */
export async function adapterName(): Promise<string | undefined> {
  const { info } = (await navigator.gpu?.requestAdapter().catch(() => null)) ?? {};
  return info && ([info.vendor, info.architecture, info.description].filter(Boolean).join(' ') || undefined);
}

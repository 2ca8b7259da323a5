/** Asks the browser what the device can do. Whatever it does not answer counts as not there. */
import type { Facts, Graphics } from '../../store/preflight.ts';

export async function graphicsHere(): Promise<Graphics> {
  const { gpu } = navigator as { readonly gpu?: Gpu };
  const adapter = await gpu?.requestAdapter().catch(() => null);
  const { vendor = '', architecture = '', description = '', isFallbackAdapter } = adapter?.info ?? {};
  return {
    offered: gpu !== undefined,
    adapter: adapter ? description || [vendor, architecture].filter(Boolean).join(' ') : null,
    software: isFallbackAdapter ?? adapter?.isFallbackAdapter ?? false,
  };
}

/** As much of WebGPU as is looked at. */
interface Gpu {
  requestAdapter(): Promise<{
    readonly info?: {
      readonly vendor?: string;
      readonly architecture?: string;
      readonly description?: string;
      readonly isFallbackAdapter?: boolean;
    };
    readonly isFallbackAdapter?: boolean;
  } | null>;
}

/** The smallest module with a vector instruction: it is valid where there are any. */
const vectors = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

export function wasmHere(): Facts['wasm'] {
  const there = typeof WebAssembly === 'object';
  return { there, simd: there && WebAssembly.validate(Uint8Array.from(vectors)), threads: self.crossOriginIsolated === true };
}

export async function storageHere(): Promise<NonNullable<Facts['storage']>> {
  try {
    const [{ quota, usage = 0 }, persisted] = await Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]);
    return { offered: quota !== undefined, persisted, free: (quota ?? 0) - usage };
  } catch {
    return { offered: false, persisted: false, free: 0 };
  }
}

/** How many of its own pixels a screen has for one that a page sees at no zoom. */
const densities = [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3];

/**
 * In the page's own pixels. No browser says what its zoom is: it is how much smaller the window is inside than outside, unless a side
 * panel takes that room, and then it does not go with any screen's density.
 */
export function screenHere(): Facts['screen'] {
  const zoom = outerWidth / innerWidth;
  const fits = densities.some((density) => Math.abs(devicePixelRatio / zoom / density - 1) < 0.02);
  return { width: innerWidth, height: innerHeight, zoom: fits ? Math.round(20 * zoom) * 5 : 100 };
}

export const stillness = (): MediaQueryList => matchMedia('(prefers-reduced-motion: reduce)');

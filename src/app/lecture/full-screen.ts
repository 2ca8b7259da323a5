/** Full screen and back. A browser may refuse, in an embedded page for one: then nothing happens. */
export function toggleFullScreen(): void {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
  change?.catch(() => undefined);
}

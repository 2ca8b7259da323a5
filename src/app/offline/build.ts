/** Which build this page is of, and a lock that says so: as long as it is held, the service worker keeps the files of that build. */

/** Nothing while developing: only a built page says what it is. */
export const build = document.querySelector<HTMLMetaElement>('meta[name=build]')?.content;

/** The folder of the page. */
export const scope = new URL('.', document.baseURI).href;

/** The browser lets go of it when the page is closed, however that comes about. */
export function holdBuild(): void {
  if (!build) return;
  const held = navigator.locks?.request(`threatloop ${scope} ${build}`, { mode: 'shared' }, () => new Promise(() => undefined));
  held?.catch(() => undefined); // a browser that keeps no files keeps no locks either
}

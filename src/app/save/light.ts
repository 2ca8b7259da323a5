/** A corner of the page in which it is always light, and which nobody sees: what is saved is on white paper, whatever the theme is. */

export async function inLight<T>(work: (corner: HTMLElement) => T | Promise<T>): Promise<T> {
  const corner = document.createElement('div');
  corner.className = 'in-light';
  corner.setAttribute('aria-hidden', 'true');
  document.body.append(corner);
  try {
    return await work(corner);
  } finally {
    corner.remove();
  }
}

/** Replaces the names of colours by those that they have there: outside the page they mean nothing. */
export const withLightColors = (svg: string): Promise<string> =>
  inLight((corner) => {
    const style = getComputedStyle(corner);
    return svg.replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
  });

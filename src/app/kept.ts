/** Small things that a browser keeps for a person: a choice of theirs, what they reached. Where it keeps nothing, nothing is kept. */
const prefix = 'threatloop-';

export function readKept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? 'null');
  } catch {
    return null; // no storage, or something else wrote there
  }
}

export function writeKept(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    // It then holds for as long as the page is open.
  }
}

/**
 * Charts take turns: each is redrawn in a task of its own, so that many of them changing at once never hold the page up, and
 * none oftener than it can be followed. What changes again before its turn is drawn once, as it is then.
 */
interface Turn {
  readonly draw: () => void;
  readonly notBefore: number;
}

const waiting = new Map<object, Turn>();
const lastTurn = new WeakMap<object, number>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Long enough for a key press or a frame to come in between. */
const millisecondsBetweenTurns = 8;

/** `apart`: the least milliseconds from this owner's last turn to this one. */
export function takeTurn(owner: object, apart: number, draw: () => void): void {
  waiting.set(owner, { draw, notBefore: (lastTurn.get(owner) ?? Number.NEGATIVE_INFINITY) + apart });
  wait();
}

export function giveUpTurn(owner: object): void {
  waiting.delete(owner);
}

function wait(): void {
  clearTimeout(timer);
  timer = undefined;
  if (waiting.size === 0) return;
  const earliest = Math.min(...[...waiting.values()].map(({ notBefore }) => notBefore));
  timer = setTimeout(next, Math.max(millisecondsBetweenTurns, earliest - performance.now()));
}

function next(): void {
  const now = performance.now();
  const due = [...waiting].find(([, { notBefore }]) => notBefore <= now);
  if (due) {
    const [owner, { draw }] = due;
    waiting.delete(owner);
    lastTurn.set(owner, now);
    draw();
  }
  wait();
}

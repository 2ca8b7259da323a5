/**
 * Charts take turns: each is redrawn in a task of its own, so that many of them changing at once never hold the page up. What
 * changes again before its turn is drawn once, as it is then.
 */
const waiting = new Map<object, () => void>();
let due = false;

/** Long enough for a key press or a frame to come in between. */
const millisecondsBetweenTurns = 8;

export function takeTurn(owner: object, draw: () => void): void {
  waiting.set(owner, draw);
  if (due) return;
  due = true;
  setTimeout(next, millisecondsBetweenTurns);
}

export function giveUpTurn(owner: object): void {
  waiting.delete(owner);
}

function next(): void {
  const [first] = waiting;
  due = waiting.size > 1;
  if (due) setTimeout(next, millisecondsBetweenTurns);
  if (!first) return;
  const [owner, draw] = first;
  waiting.delete(owner);
  draw();
}

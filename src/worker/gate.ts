/** Where a run waits while it is paused. */
export class Gate {
  closed = false;
  #paused = false;
  #stepping = false;
  #open: (() => void) | undefined;

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#stepping = false;
    this.#open?.();
  }

  /** Lets one more event pass. */
  step(): void {
    this.#paused = true;
    this.#stepping = true;
    this.#open?.();
  }

  close(): void {
    this.closed = true;
    this.resume();
  }

  /** Resolves at once while the gate is open, and otherwise when it opens. */
  async passed(): Promise<void> {
    if (!this.#paused) return;
    if (!this.#stepping) await new Promise<void>((open) => (this.#open = open));
    this.#open = undefined;
    this.#stepping = false;
  }
}

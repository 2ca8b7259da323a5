/** Several streams as one: whoever has something next is heard next. Ending the merged stream ends all of them. */

export async function* merged<T>(sources: readonly AsyncGenerator<T>[]): AsyncGenerator<{ from: number; value: T }> {
  const ask = (from: number) => (sources[from] as AsyncGenerator<T>).next().then((result) => ({ from, result }));
  const pending = new Map(sources.map((_, from) => [from, ask(from)]));
  try {
    while (pending.size > 0) {
      const { from, result } = await Promise.race(pending.values());
      if (result.done) {
        pending.delete(from);
        continue;
      }
      yield { from, value: result.value };
      pending.set(from, ask(from)); // only now: not asking is what pauses a source
    }
  } finally {
    // What is under way ends at its next event. All are told at once, because one may be waiting for another to go on or to leave.
    await Promise.allSettled(sources.map((source) => source.return(undefined)));
  }
}

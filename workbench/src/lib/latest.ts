// Latest answer wins: while somebody drags, older questions are dropped.

/** Runs one question at a time; a newer one aborts the one before, whose answer is never delivered. */
export class Latest {
  #running: AbortController | null = null;

  /** The answer, or `null` if a newer question came in between. Errors of dropped questions are dropped too. */
  async ask<T>(question: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    try {
      const answer = await question(mine.signal);
      return this.#running === mine ? answer : null;
    } catch (error) {
      if (this.#running !== mine || mine.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#running === mine) this.#running = null;
    }
  }

  /** Drops the running question. */
  drop(): void {
    this.#running?.abort();
    this.#running = null;
  }
}

/** Calls `run` once, `wait` milliseconds after the last call. */
export function settled(run: () => void, wait: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

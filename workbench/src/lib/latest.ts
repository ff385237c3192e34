// Latest answer wins: two ways to ask while the question still changes.

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

/**
 * While somebody drags: one question is under way and one waits, the newest. Those between are dropped, so that answers
 * keep coming at the pace of the server, and the last one is always that of the last question.
 */
export class Dragged<Q, A> {
  #waiting: { question: Q } | null = null;
  #busy = false;

  constructor(
    private readonly run: (question: Q) => Promise<A>,
    private readonly deliver: (answer: A) => void,
    private readonly fail: (error: unknown) => void,
  ) {}

  ask(question: Q): void {
    this.#waiting = { question };
    if (!this.#busy) void this.#work();
  }

  /** Nobody waits for an answer any more. */
  drop(): void {
    this.#waiting = null;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#waiting; next; next = this.#waiting) {
      this.#waiting = null;
      try {
        this.deliver(await this.run(next.question));
      } catch (error) {
        this.fail(error);
      }
    }
    this.#busy = false;
  }
}

/** Runs something once, some milliseconds after it was asked for the last time. */
export class Settled {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly run: () => void,
    private readonly wait: number,
  ) {}

  ask(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.run, this.wait);
  }

  drop(): void {
    clearTimeout(this.#timer);
  }
}

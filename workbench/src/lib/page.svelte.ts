// One page of the workbench: the document last asked for, and the question that runs.

import { cancel, page as ask, Refused, Unreachable, type Parameters } from "./api/client";
import type { Document } from "./types";
import { Latest } from "./latest";
import { workbench } from "./workbench.svelte";

/** Pages that may take longer than a moment: their computation can be watched and cancelled. */
const LONG = new Set(["values", "stability", "forecast", "scenarios", "claims"]);

let jobs = 0;

export class Page {
  document = $state<Document | null>(null);
  /** The server's sentence, or an empty one; null where all is well. */
  error = $state<string | null>(null);
  working = $state(false);
  cancelled = $state(false);
  job = $state<string | null>(null);
  #latest = new Latest();

  async load(name: string, parameters: Parameters): Promise<void> {
    this.#stop();
    const job = LONG.has(name) ? `${Date.now().toString(36)}-${++jobs}` : null;
    this.job = job;
    this.working = true;
    this.cancelled = false;
    try {
      const answer = await this.#latest.ask((signal) => ask(name, { ...parameters, job }, signal));
      if (answer === null) return;
      this.document = answer;
      this.error = null;
      this.#finished();
    } catch (error) {
      if (error instanceof Refused && error.status === 409) this.cancelled = true;
      else if (error instanceof Refused) this.error = error.message;
      else if (error instanceof Unreachable) this.error = "";
      else throw error;
      this.#finished();
    }
  }

  cancel(): void {
    if (this.job) void cancel(this.job).catch(() => undefined);
  }

  /** Nobody waits for the answer any more. */
  leave(): void {
    this.#stop();
    this.#latest.drop();
  }

  #stop(): void {
    if (this.working) this.cancel();
    this.#finished();
  }

  #finished(): void {
    if (this.job) workbench.forget(this.job);
    this.job = null;
    this.working = false;
  }
}

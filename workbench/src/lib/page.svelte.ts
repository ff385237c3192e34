// One page of the workbench: the document last asked for, and the question that runs.

import { cancel, page as ask, Refused, Unreachable, type Parameters } from "./api/client";
import { Latest } from "./latest";
import type { Document } from "./types";
import { workbench } from "./workbench.svelte";

let jobs = 0;

export class Page {
  document = $state<Document | null>(null);
  /** The server's sentence, or an empty one; null where all is well. */
  error = $state<string | null>(null);
  working = $state(false);
  cancelled = $state(false);
  /** The name under which the server tells how far it is. */
  job = $state("");
  #latest = new Latest();

  /** Asks for the page. A question that still runs is dropped; the server ends what nobody waits for. */
  async load(name: string, parameters: Parameters): Promise<void> {
    workbench.forget(this.job);
    const job = `${Date.now().toString(36)}-${++jobs}`;
    this.job = job;
    this.working = true;
    this.cancelled = false;
    try {
      const answer = await this.#latest.ask((signal) => ask(name, { ...parameters, job }, signal));
      if (answer === null) return;
      this.document = answer;
      this.error = null;
    } catch (error) {
      if (error instanceof Refused && error.status === 409) this.cancelled = true;
      else if (error instanceof Refused) this.error = error.message;
      else if (error instanceof Unreachable) this.error = "";
      else throw error;
    }
    this.working = false;
    workbench.forget(job);
  }

  /** Ends the computation; the page's question is answered with that. */
  cancel(): void {
    // It may have ended by itself meanwhile.
    void cancel(this.job).catch(() => undefined);
  }

  /** Nobody waits for the answer any more. */
  leave(): void {
    workbench.forget(this.job);
    this.#latest.drop();
  }
}

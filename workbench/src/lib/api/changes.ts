// What the server says by itself: the case changed on disk, or a long computation went on.

import type { CaseChange, Progress } from "../types";

export interface Listener {
  changed(change: CaseChange): void;
  progressed(progress: Progress): void;
  /** Whether the server can be heard. */
  connected(yes: boolean): void;
}

/** Listens until the returned function is called. The browser connects again by itself. */
export function listen(listener: Listener): () => void {
  const stream = new EventSource("/api/changes");
  stream.addEventListener("open", () => listener.connected(true));
  stream.addEventListener("error", () => listener.connected(false));
  stream.addEventListener("case", (event) => listener.changed(JSON.parse(event.data) as CaseChange));
  stream.addEventListener("progress", (event) => listener.progressed(JSON.parse(event.data) as Progress));
  return () => stream.close();
}

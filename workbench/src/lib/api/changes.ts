// What the server says by itself: the case changed on disk, or a long computation went on.

import type { CaseChange, Progress } from "../types";

export interface Listener {
  changed(change: CaseChange): void;
  progressed(progress: Progress): void;
  /** Whether the server can be heard. */
  connected(yes: boolean): void;
}

/**
 * Listens until the returned function is called, while the page is in sight: a browser keeps few connections to one
 * program, and pages in the background would hold them all. The browser connects again by itself, and is told then how
 * the case is.
 */
export function listen(listener: Listener): () => void {
  let stream: EventSource | null = null;
  const open = (): void => {
    stream ??= opened(listener);
  };
  const close = (): void => {
    stream?.close();
    stream = null;
  };
  const follow = (): void => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", follow);
  follow();
  return () => {
    document.removeEventListener("visibilitychange", follow);
    close();
  };
}

function opened(listener: Listener): EventSource {
  const stream = new EventSource("/api/changes");
  stream.addEventListener("open", () => listener.connected(true));
  stream.addEventListener("error", () => listener.connected(false));
  stream.addEventListener("case", (event) => listener.changed(JSON.parse(event.data) as CaseChange));
  stream.addEventListener("progress", (event) => listener.progressed(JSON.parse(event.data) as Progress));
  return stream;
}

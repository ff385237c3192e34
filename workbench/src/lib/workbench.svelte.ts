// What the whole workbench knows: the case as the server has it, the address, and the open statement.

import { listen } from "./api/changes";
import { answerFrom, caseState, Refused } from "./api/client";
import { Embedded, packed, planPage, stopAt, unpack } from "./api/embedded";
import type { CaseState, Progress } from "./types";
import { read, write, type Route } from "./route";

/** The rows behind one sentence, cell or mark, and which of them is open. */
export interface Behind {
  /** The sentence, cell or mark. */
  words: string;
  rows: string[];
  index: number;
}

let current = $state<CaseState | null>(null);
let closed = $state(false);
let connected = $state(true);
let route = $state<Route>(read(location.hash));
let behind = $state<Behind | null>(null);
let progress = $state<Record<string, Progress>>({});
let stops = $state<readonly string[] | null>(null);
let plans = $state<readonly string[]>([]);
let unreadable = $state(false);

export const workbench = {
  /** The case; null until the server has answered. */
  get case(): CaseState | null {
    return current;
  },
  /** The server does not know this browser: no cookie. */
  get closed(): boolean {
    return closed;
  },
  get connected(): boolean {
    return connected;
  },
  /** The days of a page that holds its data itself; null where the program answers. */
  get stops(): readonly string[] | null {
    return stops;
  },
  /** The plans that a page with its data inside has a page on. */
  get plans(): readonly string[] {
    return plans;
  },
  /** The data inside the page cannot be read. */
  get unreadable(): boolean {
    return unreadable;
  },
  get route(): Route {
    return route;
  },
  get behind(): Behind | null {
    return behind;
  },
  /** How far a long computation has come. */
  progress(job: string): Progress | null {
    return progress[job] ?? null;
  },
  forget(job: string): void {
    progress = Object.fromEntries(Object.entries(progress).filter(([name]) => name !== job));
  },
  /** Opens the statement panel. */
  open(words: string, rows: string[], index = 0): void {
    behind = { words, rows, index };
  },
  show(index: number): void {
    if (behind) behind.index = index;
  },
  close(): void {
    behind = null;
  },
  /** Goes to another address. With `replace` the one before is forgotten: while somebody drags. */
  go(change: Partial<Route>, replace = false): void {
    const next = write({ ...route, ...change });
    if (next === location.hash) return;
    if (replace) history.replaceState(null, "", next);
    else history.pushState(null, "", next);
    route = read(next);
  },
};

/** The address of another page at the same days. */
export const addressOf = (page: string): string => address(page, {});

/** The same with choices of that page. */
export const address = (page: string, choices: Route["choices"]): string => write({ ...route, page, choices });

/** The days of the address as they are asked for. Inside a page in one file both are one of the days that it holds. */
export function days(): { at: string | null; known: string | null } {
  if (stops === null) return { at: route.at, known: route.known ?? route.at };
  const day = stopAt(stops, route.at);
  return { at: day, known: day };
}

async function refresh(): Promise<void> {
  try {
    current = await caseState();
    closed = false;
    connected = true;
  } catch (error) {
    if (error instanceof Refused && error.status === 403) closed = true;
    else connected = false;
  }
}

async function unfold(text: string): Promise<void> {
  try {
    const held = await unpack(text);
    answerFrom(new Embedded(held));
    stops = held.days;
    plans = held.case.packages.map(({ id }) => id).filter((id) => planPage(id) in held.pages);
  } catch {
    unreadable = true;
    return;
  }
  await refresh();
}

/** Begins: with the data inside the page, or by asking the server and listening to what it says by itself. */
export function begin(): () => void {
  const stopFollowing = followAddress();
  const text = packed();
  if (text !== null) {
    void unfold(text);
    return stopFollowing;
  }
  void refresh();
  const stopListening = listen({
    changed: (change) => {
      if (!current || change.generation !== current.generation || change.broken?.errors !== current.broken?.errors) {
        void refresh();
      }
    },
    progressed: (step) => {
      progress = { ...progress, [step.job]: step };
    },
    connected: (yes) => {
      if (yes && !connected) void refresh();
      connected = yes;
    },
  });
  return () => {
    stopListening();
    stopFollowing();
  };
}

function followAddress(): () => void {
  const follow = () => {
    route = read(location.hash);
  };
  addEventListener("popstate", follow);
  addEventListener("hashchange", follow);
  return () => {
    removeEventListener("popstate", follow);
    removeEventListener("hashchange", follow);
  };
}

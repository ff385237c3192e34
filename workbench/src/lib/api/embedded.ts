// Answers from data inside the page: a page in one file opens from disk, with no program behind it and no question to anybody.

import type { CaseState, CheckAnswer, Document, Row, WhatIf } from "../types";
import type { Parameters, Questions } from "./questions";
import { Refused } from "./refused";

/** What is inside such a page. */
export interface Held {
  case: CaseState;
  /** The days that the page holds, in order; the last is that of the record. */
  days: string[];
  /** By name and day. Some pages are there for all days, some for the last alone. A plan by itself is a page of its own. */
  pages: Record<string, Record<string, Document>>;
  rows: Record<string, Row>;
  /** By the lifted statements, in order, joined by commas; as of the last day. */
  what_if: Record<string, WhatIf>;
  check: CheckAnswer;
}

const BLOCK = "embedded";

/** The packed data; `null` in a page that the program serves. A page opened from disk can have nothing but these. */
export function packed(): string | null {
  const block = document.getElementById(BLOCK)?.textContent;
  return block ?? (location.protocol === "file:" ? "" : null);
}

/** Unpacks JSON that was compressed and written as text. Fails on anything else. */
export async function unpack(text: string): Promise<Held> {
  const bytes = Uint8Array.from(atob(text.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const held: unknown = await new Response(stream).json();
  if (!isHeld(held)) throw new TypeError("no data of a page");
  return held;
}

function isHeld(value: unknown): value is Held {
  if (typeof value !== "object" || value === null) return false;
  const parts = ["case", "days", "pages", "rows", "what_if", "check"];
  return parts.every((part) => part in value) && Array.isArray((value as Held).days) && (value as Held).days.length > 0;
}

/** The day of the page that answers for a day: the same, or the last before it. */
export const stopAt = (days: readonly string[], at: string | null): string =>
  (at === null ? days.at(-1) : (days.findLast((day) => day <= at) ?? days[0])) ?? "";

/** The name of the page on one plan. */
export const planPage = (id: string): string => `plans?package=${id}`;

/** The page that is asked for: that of all plans, or of the one that is chosen. */
function named(name: string, parameters: Parameters): string {
  const chosen = parameters["package"];
  return name === "plans" && Array.isArray(chosen) && chosen.length > 0 ? planPage(chosen.join(",")) : name;
}

const missing = (): Promise<never> => Promise.reject(new Refused(404, "", null));

export class Embedded implements Questions {
  constructor(private readonly held: Held) {}

  caseState(): Promise<CaseState> {
    return Promise.resolve(this.held.case);
  }

  /** The page of that day; of the last where it is there for that alone. */
  page(name: string, parameters: Parameters): Promise<Document> {
    const days = this.held.pages[named(name, parameters)] ?? {};
    const at = stopAt(this.held.days, (parameters["at"] as string | null | undefined) ?? null);
    const found = days[at] ?? days[this.held.days.at(-1) ?? ""];
    return found ? Promise.resolve(found) : missing();
  }

  check(): Promise<CheckAnswer> {
    return Promise.resolve(this.held.check);
  }

  row(id: string): Promise<Row> {
    const found = this.held.rows[id];
    return found ? Promise.resolve(found) : missing();
  }

  /** Refused without words where the page has no answer to this combination. */
  whatIf(parameters: Parameters): Promise<WhatIf> {
    const lifted = String(parameters["lift"] ?? "").split(",");
    // A statement that rules nothing out changes nothing, and has no answer of its own.
    const wanted = lifted
      .filter((id) => id in this.held.what_if)
      .sort()
      .join(",");
    if (wanted === "") {
      const today = Object.values(this.held.what_if)[0]?.today;
      return today ? Promise.resolve({ ...today, today }) : missing();
    }
    const found = this.held.what_if[wanted];
    return found ? Promise.resolve(found) : missing();
  }
}

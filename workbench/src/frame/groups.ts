// The pages in the order in which they are read, by group.

import type { CaseState } from "../lib/types";
import type { Words } from "../lib/words/en";

export type PageName = keyof Words["pages"];
export type GroupName = keyof Words["groups"];

export const GROUPS: readonly { name: GroupName; pages: readonly PageName[] }[] = [
  { name: "standing", pages: ["now", "history"] },
  { name: "agreement", pages: ["plans", "common", "blocks", "values", "stability"] },
  { name: "prospects", pages: ["forecast", "scenarios", "claims", "ripeness"] },
  { name: "record", pages: ["sources", "check", "table", "coding"] },
];

/** Whether a text is the name of a page. */
export const isPage = (name: string): name is PageName =>
  GROUPS.some((group) => group.pages.some((page) => page === name));

/** Whether a page is there to change the files of the case. */
export const isOfEditing = (page: PageName): boolean => page === "table" || page === "coding";

/** Whether there is something to see on a page: the case has data for it, or it is about the files. */
export function isOpen(page: PageName, state: CaseState): boolean {
  if (page === "check") return true;
  if (isOfEditing(page)) return state.edit;
  // A first plan can be entered.
  if (page === "plans" && state.edit) return state.issues.some(({ options }) => options.length > 0);
  return state.pages.includes(page);
}

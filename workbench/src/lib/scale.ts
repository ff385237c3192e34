// A scale while it is made: options in their order, each with a key that lasts while they are moved.

import type { Cells } from "./types";

export interface Draft {
  key: number;
  label: string;
}

export interface ScaleDraft {
  title: string;
  group: string;
  options: Draft[];
}

/** An option moved to another place; places outside of the list are its ends. */
export function moved(options: readonly Draft[], key: number, to: number): Draft[] {
  const option = options.find((one) => one.key === key);
  if (!option) return [...options];
  return inserted(
    options.filter((one) => one !== option),
    option,
    to,
  );
}

export const inserted = (options: readonly Draft[], option: Draft, to: number): Draft[] => {
  const place = Math.max(0, Math.min(to, options.length));
  return [...options.slice(0, place), option, ...options.slice(place)];
};

/** Why a scale cannot be saved yet: too few options, one without words, or the same words twice. */
export function lacks(options: readonly Draft[]): "few" | "empty" | "twice" | null {
  const labels = options.map(({ label }) => label.trim());
  if (labels.length < 2) return "few";
  if (labels.includes("")) return "empty";
  return new Set(labels.map((label) => label.toLowerCase())).size < labels.length ? "twice" : null;
}

/** Rows of `issues.csv`: ids of options from the first letters of the issue's id. */
export function rowsOf(issue: string, draft: ScaleDraft): Cells[] {
  const initials = (issue.match(/(?<![a-z])[a-z]/gi) ?? []).join("").toLowerCase() || "o";
  return draft.options.map(({ label }, index) => ({
    issue,
    title: draft.title.trim(),
    group: draft.group.trim(),
    option: `${initials}${index + 1}`,
    order: String(index + 1),
    label: label.trim(),
  }));
}

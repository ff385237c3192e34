// The codes of one statement, as they are chosen, and as they stand in the cells of its row.

import type { Cells } from "./types";

export interface Codes {
  kind: string;
  /** The first and last option of a range; both empty, or both filled. */
  low: string;
  high: string;
  /** The one option asked for; empty where the words name several. */
  asked: string;
  ruledOut: readonly string[];
  /** Why the statement carries no options. */
  reason: string;
  note: string;
}

/** What choosing an option means. */
export type Use = "asked" | "range" | "out";

export const USES: readonly Use[] = ["asked", "range", "out"];

export const NO_CODES: Codes = { kind: "", low: "", high: "", asked: "", ruledOut: [], reason: "", note: "" };

export const CODE_COLUMNS = [
  "kind",
  "low_option",
  "best_option",
  "high_option",
  "rules_out",
  "uncoded_reason",
  "coder_note",
] as const;

const cell = (cells: Cells, name: (typeof CODE_COLUMNS)[number]): string => cells[name] ?? "";

export function codesOf(cells: Cells): Codes {
  const [low, asked, high] = [cell(cells, "low_option"), cell(cells, "best_option"), cell(cells, "high_option")];
  const one = asked !== "" && (low === "" || low === asked) && (high === "" || high === asked);
  return {
    kind: cell(cells, "kind"),
    low: one ? "" : low,
    high: one ? "" : high,
    asked,
    ruledOut: cell(cells, "rules_out")
      .split(";")
      .map((option) => option.trim())
      .filter(Boolean),
    reason: cell(cells, "uncoded_reason"),
    note: cell(cells, "coder_note"),
  };
}

/** One option is first, asked for, and last at once. */
export function cellsOfCodes(codes: Codes): Cells {
  const asked = codes.asked || (codes.low === codes.high ? codes.low : "");
  return {
    kind: codes.kind,
    low_option: codes.low || asked,
    best_option: asked,
    high_option: codes.high || asked,
    rules_out: codes.ruledOut.join(";"),
    uncoded_reason: codes.reason.trim(),
    coder_note: codes.note.trim(),
  };
}

/** Whether there is a code, or a word on why there is none. */
export const isCoded = (codes: Codes): boolean =>
  hasOptions(codes) || Boolean(codes.reason.trim() || codes.note.trim());

export const hasOptions = (codes: Codes): boolean => Boolean(codes.asked || codes.low || codes.ruledOut.length > 0);

const within = (codes: Codes, order: readonly string[], option: string): boolean =>
  codes.low !== "" &&
  order.indexOf(codes.low) <= order.indexOf(option) &&
  order.indexOf(option) <= order.indexOf(codes.high);

/** The codes after an option was chosen. `order` are the options of the issue. What is asked for is not ruled out. */
export function choose(codes: Codes, order: readonly string[], use: Use, option: string): Codes {
  if (use === "asked") return allowed(asked(codes, order, option), order);
  if (use === "range") return allowed(range(codes, order, option), order);
  if (codes.ruledOut.includes(option)) {
    return { ...codes, ruledOut: codes.ruledOut.filter((other) => other !== option) };
  }
  const ruledOut = order.filter((other) => other === option || codes.ruledOut.includes(other));
  const without = within(codes, order, option) ? { ...codes, low: "", high: "" } : codes;
  // Only a red line rules options out.
  const kind = codes.kind || "red_line";
  return { ...without, kind, asked: codes.asked === option ? "" : without.asked, ruledOut };
}

/** Asked for, or no longer; a range around it stays. */
function asked(codes: Codes, order: readonly string[], option: string): Codes {
  if (codes.asked === option) return { ...codes, asked: "" };
  return within(codes, order, option) ? { ...codes, asked: option } : { ...codes, low: "", high: "", asked: option };
}

/** From what is chosen to this one; inside of a range, a new one begins. */
function range(codes: Codes, order: readonly string[], option: string): Codes {
  const [low, high] = [codes.low || codes.asked || option, codes.high || codes.asked || option];
  if (within(codes, order, option)) {
    return { ...codes, low: option, high: option, asked: codes.asked === option ? option : "" };
  }
  const places = [low, high, option].map((one) => order.indexOf(one));
  return { ...codes, low: order[Math.min(...places)] ?? option, high: order[Math.max(...places)] ?? option };
}

const allowed = (codes: Codes, order: readonly string[]): Codes => ({
  ...codes,
  ruledOut: codes.ruledOut.filter((option) => option !== codes.asked && !within(codes, order, option)),
});

/** How an option is marked: everything that it is in these codes. */
export const marksOf = (codes: Codes, order: readonly string[], option: string) => ({
  asked: codes.asked === option,
  within: within(codes, order, option),
  out: codes.ruledOut.includes(option),
});

// Staircases: the least steps of each side after which a package is left, from the figure on the page on what blocks.

import type { CaseState, Document, FigureBlock } from "./types";

/** Steps that are enough, one number a side, and what they open. */
export interface Stair {
  steps: number[];
  opens: string;
}

/** What blocks on one issue, or on several that hang together. Without stairs no number of steps is enough. */
export interface Staircase {
  title: string;
  stairs: Stair[];
}

export interface Staircases {
  sides: string[];
  cases: Staircase[];
}

const FIGURE = "steps";
const SIDE = "Steps of ";

export function staircases(document: Document): Staircases | null {
  const blocks = document.sections.flatMap((section) => section.blocks);
  const figure = blocks.find((block): block is FigureBlock => block.type === "figure" && block.id === FIGURE);
  if (!figure) return null;
  const { columns, rows } = figure.table;
  const sides = columns.filter((column) => column.startsWith(SIDE)).map((column) => column.slice(SIDE.length));
  const cases: Staircase[] = [];
  for (const [title = "", ...cells] of rows) {
    if (cases.at(-1)?.title !== title) cases.push({ title, stairs: [] });
    const steps = cells.slice(0, sides.length);
    const opens = (cells.at(-1) ?? "").replace(/^opens /, "");
    if (steps.every((step) => step !== "")) cases.at(-1)?.stairs.push({ steps: steps.map(Number), opens });
  }
  // Where there are several, the first is all of them together.
  return { sides, cases: cases.length > 1 ? cases.slice(1) : cases };
}

/** The stairs that are reached when each side has gone so far. */
export const reached = (staircase: Staircase, gone: readonly number[]): Stair[] =>
  staircase.stairs.filter(({ steps }) => steps.every((step, side) => step <= (gone[side] ?? 0)));

/** The least further steps, of all sides together, after which something opens; `null` where none are enough. */
export function missing(staircase: Staircase, gone: readonly number[]): number | null {
  const sums = staircase.stairs.map(({ steps }) =>
    steps.reduce((sum, step, side) => sum + Math.max(0, step - (gone[side] ?? 0)), 0),
  );
  return sums.length > 0 ? Math.min(...sums) : null;
}

/**
 * Steps as the program is asked about them: ISSUE:ACTOR:STEPS. Steps on issues that hang together are counted together there,
 * and cannot be told issue by issue.
 */
export function moves(
  sides: readonly string[],
  gone: Readonly<Record<string, readonly number[]>>,
  state: Pick<CaseState, "actors" | "issues">,
): string[] {
  return Object.entries(gone).flatMap(([title, steps]) => {
    const issue = state.issues.find((one) => one.title === title);
    return sides.flatMap((side, index) => {
      const actor = state.actors.find(({ name }) => name === side);
      return issue && actor && steps[index] ? [`${issue.id}:${actor.id}:${steps[index]}`] : [];
    });
  });
}

/** The most steps of one side that change anything. */
export const most = (staircase: Staircase, side: number): number =>
  Math.max(0, ...staircase.stairs.map(({ steps }) => steps[side] ?? 0));

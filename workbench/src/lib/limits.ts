// Which statements block: from the page on what blocks, whose points are one issue each.

import type { Document } from "./types";

/** Statements of one side, in the words of the page. */
export interface Ruling {
  words: string;
  rows: string[];
}

/** What blocks on one issue, or on several together. */
export interface Blocking {
  title: string;
  rulings: Ruling[];
}

/** The statements of each side over all that blocks, each once. The words of a ruling begin with the name of its side. */
export function bySide(blocking: readonly Blocking[], names: readonly string[]): Ruling[] {
  const rulings = blocking.flatMap((group) => group.rulings);
  return names
    .map((words) => ({
      words,
      rows: [...new Set(rulings.filter((ruling) => ruling.words.startsWith(`${words} `)).flatMap(({ rows }) => rows))],
    }))
    .filter(({ rows }) => rows.length > 0);
}

/** The section whose points are the smallest sets of limits that cannot all hold. */
const SECTION = "blocks";

export function limits(document: Document): Blocking[] {
  const section = document.sections.find(({ id }) => id === SECTION);
  const points = section?.blocks.flatMap((block) => (block.type === "points" ? block.points : [])) ?? [];
  return points
    .map((point) => ({
      title: point.lead.replace(/\.$/, ""),
      rulings: point.sentences
        .filter(({ rows }) => rows.length > 0)
        .map((sentence) => ({ words: sentence.text, rows: sentence.rows })),
    }))
    .filter(({ rulings }) => rulings.length > 0);
}

// Which rows a document rests on, and where a text names them.

import type { Document } from "./types";

/** The ids of all rows that sentences and cells of a document rest on. */
export function rowsOf(document: Document): ReadonlySet<string> {
  const rows = new Set<string>();
  const add = (ids: readonly string[]) => ids.forEach((id) => rows.add(id));
  for (const section of document.sections) {
    for (const block of section.blocks) {
      if (block.type === "paragraph") block.sentences.forEach((sentence) => add(sentence.rows));
      if (block.type === "points") block.points.forEach((point) => point.sentences.forEach(({ rows }) => add(rows)));
      if (block.type === "table") block.rows.forEach((cells) => cells.forEach((cell) => add(cell.rows)));
    }
  }
  return rows;
}

/** The rows that a text names, in its order: words of it that are ids of rows. */
export function named(text: string, rows: ReadonlySet<string>): string[] {
  const words = text.split(/[\s;,()[\]]+/).map((word) => word.replace(/[.:]+$/, ""));
  return [...new Set(words.filter((word) => rows.has(word)))];
}

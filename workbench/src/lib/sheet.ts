// The rows of a file as statements to code: those on one issue by date, and what is found of their sources.

import { cellsOf } from "./cells";
import { codesOf, isCoded } from "./codes";
import type { Cells, EditTable, Row } from "./types";

export interface Said {
  /** The row by its id, or by its line where it has none. */
  key: string;
  row: EditTable["rows"][number];
  cells: Cells;
  coded: boolean;
}

/** The statements of a file; on one issue if it is named. */
export function statementsOf(table: EditTable, issue?: string): Said[] {
  return table.rows
    .map((row) => {
      const cells = cellsOf(table, row);
      return { key: row.id || `line ${row.line}`, row, cells, coded: isCoded(codesOf(cells)) };
    })
    .filter(({ cells }) => issue === undefined || cells["issue"] === issue)
    .sort((a, b) => (a.cells["valid_from"] ?? "").localeCompare(b.cells["valid_from"] ?? ""));
}

/** Where a statement can be read: its source in the bibliography, else the address in its row. */
export function sourceOf(cells: Cells, sources: EditTable | null): Row["source"] {
  const found = sources?.rows.find(({ id }) => id !== "" && id === cells["source_id"]);
  const [, citation = "", address = ""] = found?.cells ?? [];
  const link = cells["link"] ?? "";
  if (!found && !link) return null;
  const url = address || (/https?:\/\/[^\s<>]+/i.exec(link)?.[0] ?? "");
  const rest = { archive: "", kind: "", licence: "", note: "" };
  return { id: found?.id ?? "", citation: citation || link, url, ...rest };
}

/** Who codes a sheet that does not say so yet: `anna` of `coding-anna.csv`. */
export const coderOf = (file: string): string => file.replace(/^coding-/, "").replace(/\.csv$/, "");

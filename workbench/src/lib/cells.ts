// The cells of one row of a file by the names of their columns.

import type { Cells, EditTable } from "./types";

export const cellsOf = (table: EditTable, row: EditTable["rows"][number] | null): Cells =>
  Object.fromEntries(table.columns.map(({ name }, index) => [name, row?.cells[index] ?? ""]));

/** All columns of a table, with what another version of a row has in them. */
export const completed = (table: EditTable, cells: Cells): Cells => ({ ...cellsOf(table, null), ...cells });

/** The columns in which two versions of a row differ. */
export const differing = (one: Cells, other: Cells): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => (one[name] ?? "") !== (other[name] ?? ""),
  );

/** Columns with running text, for which a line is too short. */
const LONG = new Set(["statement", "quote", "note", "coder_note", "condition", "accepts", "title", "outcome"]);

export const isLong = (column: string, value: string): boolean => LONG.has(column) || value.length > 60;

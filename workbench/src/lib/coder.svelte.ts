// Who codes which file: kept while the page is open, and nowhere else but beside the codes in the files.

import { coderOf } from "./sheet";
import type { CodingState } from "./types";

const names = $state<Record<string, string>>({});

export const coder = {
  of: (file: string): string => names[file] ?? "",
  set(file: string, name: string): void {
    names[file] = name;
  },
};

/** The second coder of a sheet: as the sheet says, else as was typed, else as the file is called. */
export const secondOf = (file: string, coding: CodingState): string =>
  coding.second.find((sheet) => sheet.file === file)?.coder ?? (coder.of(file) || coderOf(file));

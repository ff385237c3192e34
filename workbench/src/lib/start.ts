// How a spreadsheet is to be read, where the program is not left to find it by itself.

import type { Parameters } from "./api/client";
import type { StartField } from "./types";

export const FIELDS: readonly StartField[] = ["actor", "issue", "date", "words", "link"];

export interface StartChoices {
  sheet: string;
  /** The row with the headings, as it was typed. */
  header: string;
  /** The column of a field, where it was chosen by hand. */
  columns: Partial<Record<StartField, string>>;
  dates: "" | "dmy" | "mdy";
  /** Whom texts name, as they were typed: TEXT=ACTOR, parted by semicolons. */
  names: string;
  keepGoing: boolean;
  folder: string;
}

export const NO_CHOICES: StartChoices = {
  sheet: "",
  header: "",
  columns: {},
  dates: "",
  names: "",
  keepGoing: false,
  folder: "",
};

/** The choices as the program is asked for them. */
export const asked = (choices: StartChoices): Parameters => ({
  sheet: choices.sheet,
  header: choices.header,
  map: FIELDS.flatMap((field) => (choices.columns[field] ? [`${choices.columns[field]}=${field}`] : [])),
  dates: choices.dates,
  alias: choices.names
    .split(";")
    .map((name) => name.trim())
    .filter((name) => name !== ""),
  keep_going: choices.keepGoing ? 1 : null,
  folder: choices.folder.trim(),
});

// What every page asks, whoever answers: the program, or the data that came inside the page.

import type { CaseState, CheckAnswer, Document, Row, WhatIf } from "../types";

/** A parameter without a value is left out; a list is repeated. */
export type Parameters = Record<string, string | number | readonly string[] | null | undefined>;

export interface Questions {
  caseState(): Promise<CaseState>;
  page(name: string, parameters: Parameters, signal?: AbortSignal): Promise<Document>;
  check(signal?: AbortSignal): Promise<CheckAnswer>;
  row(id: string, signal?: AbortSignal): Promise<Row>;
  whatIf(parameters: Parameters): Promise<WhatIf>;
}

// What the server answers. Documents are those of every other form of output (docs/schemas/document.json).

export interface Sentence {
  text: string;
  rows: string[];
  counts: boolean;
}

export interface Point {
  lead: string;
  sentences: Sentence[];
}

export interface Cell {
  text: string;
  rows: string[];
  anchor: string;
}

export interface TableBlock {
  type: "table";
  caption: string;
  columns: string[];
  rows: Cell[][];
}

export interface FigureBlock {
  type: "figure";
  id: string;
  title: string;
  description: string;
  width: number;
  height: number;
  svg: string;
  table: { columns: string[]; rows: string[][] };
  credit: string | null;
}

export interface ParagraphBlock {
  type: "paragraph";
  lead: string;
  sentences: Sentence[];
}

export interface PointsBlock {
  type: "points";
  points: Point[];
}

export type Block = ParagraphBlock | PointsBlock | FigureBlock | TableBlock;

export interface Section {
  id: string;
  title: string;
  annex: boolean;
  blocks: Block[];
}

export interface Document {
  title: string;
  subtitle: string;
  at: string;
  known: string;
  unknown_after: string | null;
  banners: string[];
  sections: Section[];
  about: { method: string; level: string; case_digest: string; seed: number; draws: number; version: string };
}

export type Level = "public" | "restricted" | "all";

export interface CaseState {
  title: string;
  generation: number;
  digest: string;
  version: string;
  edit: boolean;
  level: Level;
  banner: string;
  first: string;
  last: string;
  counts: { positions: number; events: number; issues: number; actors: number; sources: number };
  issues: { id: string; title: string; group: string; options: Option[] }[];
  actors: { id: string; name: string; principal: boolean }[];
  packages: { id: string; title: string; date: string }[];
  pages: string[];
  broken: { errors: number } | null;
}

export interface Row {
  id: string;
  kind: string;
  fields: { name: string; label: string; value: string }[];
  quote: string;
  language: string;
  date: string;
  actor: string;
  issue: string;
  source: {
    id: string;
    citation: string;
    url: string;
    archive: string;
    kind: string;
    licence: string;
    note: string;
  } | null;
  grade: string;
  verified: boolean | null;
  file: string;
  line: number | null;
}

export interface Diagnostic {
  code: string;
  severity: string;
  message: string;
  file: string;
  line: number | null;
  column: number | null;
  hints: string[];
  text: string | null;
}

export interface CheckAnswer {
  diagnostics: Diagnostic[];
  runs: { command: string; shows: string }[];
  unlocks: { file: string; unlocks: string; used: boolean }[];
}

export interface Blocked {
  blocked: boolean;
  tested: number;
  issues: number;
  blocking: { issue: string; title: string }[];
  steps: number | null;
}

export interface WhatIf extends Blocked {
  today: Blocked;
}

export interface Progress {
  job: string;
  done: number;
  of: number;
}

export interface CaseChange {
  generation: number;
  digest: string;
  broken: { errors: number } | null;
}

export interface EditTable {
  file: string;
  digest: string;
  columns: { name: string; note: string; required: boolean }[];
  rows: { line: number; id: string; cells: string[] }[];
  /** How many changes can be undone. */
  undo: number;
}

export type Cells = Record<string, string>;

/** The change of one row: by its id, else by the line on which it begins; a new row has neither. */
export interface Change {
  id?: string;
  line?: number;
  before: Cells | null;
  cells: Cells;
}

export interface Edit extends Change {
  file: string;
  digest: string;
}

/** Several rows of a file in one step. */
export interface Edits {
  file: string;
  digest: string;
  changes: Change[];
}

export interface Saved {
  /** How many changes can be undone. */
  undo: number;
  digest: string;
  generation: number;
  diagnostics: Diagnostic[];
}

export interface Conflict {
  error: string;
  on_disk: Cells | null;
  yours: Cells;
  /** Of the file as it is now. */
  digest: string;
}

export interface Option {
  id: string;
  label: string;
}

/** A statement without a code. */
export interface Uncoded {
  row: string;
  actor: string;
  date: string;
  words: string;
  quote: string;
  language: string;
  source: string;
  link: string;
  reason: string;
  note: string;
}

/** An issue, or a topic that has no scale yet, with its uncoded statements. */
export interface UncodedIssue {
  id: string;
  title: string;
  group: string;
  has_scale: boolean;
  options: Option[];
  statements: Uncoded[];
}

export interface CodingState {
  uncoded: { uncoded: number; statements: number; issues: UncodedIssue[] };
  kinds: { id: string; about: string }[];
  second: { file: string; coder: string | null; done: number; of: number }[];
}

export type StartField = "actor" | "issue" | "date" | "words" | "link";

/** How a spreadsheet would be read. */
export interface Looked {
  /** The file is a case that was exported as a workbook. */
  case?: boolean;
  sheet?: string | null;
  sheets?: string[];
  header?: number | null;
  columns?: string[];
  fields?: Record<StartField, string | null>;
  told?: string[];
  diagnostics?: Diagnostic[];
}

/** A zone of agreement in one way to count packages. */
export interface ZoneWay {
  limits: "kept" | "lifted";
  norm_flagged: boolean;
  probability: number;
  holds: number;
  draws: number;
  verdict: "zone" | "no_zone" | "not_determined";
}

export interface Threshold {
  actor: string;
  name: string;
  low: number;
  high: number;
  /** What is used; null where anything from 0 to 1 is drawn. */
  value: number | null;
  stated: boolean;
}

export interface ZoneIf {
  room: number | null;
  room_limits: "kept" | "lifted" | null;
  zone: { ways: ZoneWay[] } | null;
  no_values: string | null;
  thresholds: Threshold[];
  draws: number;
}

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
  issues: { id: string; title: string; group: string; options: { id: string; label: string }[] }[];
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
  columns: { name: string; note: string }[];
  rows: { line: number; id: string; cells: string[] }[];
}

export type Cells = Record<string, string>;

export interface Edit {
  file: string;
  digest: string;
  id: string | null;
  before: Cells | null;
  cells: Cells;
}

export interface Saved {
  digest: string;
  generation: number;
  diagnostics: Diagnostic[];
}

export interface Conflict {
  error: string;
  on_disk: Cells | null;
  yours: Cells;
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

/** Rows that are added to a file together. */
export interface NewRows {
  file: string;
  digest: string;
  changes: { before: null; cells: Cells }[];
}

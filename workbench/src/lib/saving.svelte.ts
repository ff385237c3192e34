// Saving one row: it is refused when the row on disk is no longer the one that was seen, and nothing of either is lost.

import { edit, Refused, table as ask } from "./api/client";
import { cellsOf, completed, differing } from "./cells";
import type { Cells, Conflict, Diagnostic, Edit, EditTable, Saved } from "./types";
import { words } from "./words/index.svelte";

/** How often a change is asked for again because another row of the file changed. */
const ATTEMPTS = 5;

type Row = EditTable["rows"][number];

export class Saving {
  /** The row as it was seen; null for a new one. */
  before = $state<Cells | null>(null);
  error = $state("");
  faults = $state<Diagnostic[]>([]);
  conflict = $state<Conflict | null>(null);
  busy = $state(false);
  #table: EditTable;
  #digest: string;
  #line: number | null;
  readonly id: string;

  constructor(table: EditTable, row: Row | null) {
    this.#table = table;
    this.#digest = table.digest;
    this.#line = row?.line ?? null;
    this.id = row?.id ?? "";
    this.before = row && cellsOf(table, row);
  }

  get isNew(): boolean {
    return this.#line === null;
  }

  /** Saves the cells that differ from what was seen; null if nothing was saved. */
  async save(cells: Cells): Promise<Saved | null> {
    const changed = differing(this.before ?? {}, cells);
    [this.error, this.faults, this.conflict] = ["", [], null];
    if (changed.length === 0) {
      this.error = words().edit.unchanged;
      return null;
    }
    const asked = Object.fromEntries(changed.map((column) => [column, cells[column] ?? ""]));
    this.busy = true;
    try {
      return await this.#ask(asked);
    } catch (refusal) {
      this.#refused(refusal, asked);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** The version on disk is what the next attempt starts from. */
  takeDisk(): Cells {
    const disk = this.conflict?.on_disk ?? this.before ?? {};
    [this.before, this.error, this.conflict] = [disk, "", null];
    return disk;
  }

  /**
   * Asks, and asks again while only other rows of the file have changed: then there is nothing to decide. The program
   * compares the row with what was seen each time.
   */
  async #ask(cells: Cells, attempt = 1): Promise<Saved> {
    try {
      return await edit(this.#change(cells));
    } catch (refusal) {
      if (attempt === ATTEMPTS || !isConflict(refusal)) throw refusal;
      this.#digest = refusal.body.digest;
      const { on_disk } = refusal.body;
      const same = on_disk !== null && differing(this.before ?? {}, on_disk).length === 0;
      if (!this.isNew && !same && !(await this.#moved())) throw refusal;
      return this.#ask(cells, attempt + 1);
    }
  }

  #change(cells: Cells): Edit {
    const row = this.id ? { id: this.id } : this.#line === null ? {} : { line: this.#line };
    return { file: this.#table.file, digest: this.#digest, ...row, before: this.before, cells };
  }

  /** A row without an id is found by its line. Where lines above it came or went, it is found by its cells. */
  async #moved(): Promise<boolean> {
    if (this.id) return false;
    const table = await ask(this.#table.file);
    const same = table.rows.filter((row) => differing(cellsOf(table, row), this.before ?? {}).length === 0);
    if (same.length !== 1 || !same[0]) return false;
    [this.#line, this.#digest] = [same[0].line, table.digest];
    return true;
  }

  #refused(refusal: unknown, asked: Cells): void {
    if (!(refusal instanceof Refused)) {
      this.error = words().frame.lost;
      return;
    }
    this.error = refusal.message;
    if (refusal.status === 422)
      this.faults = (refusal.body as { diagnostics?: Diagnostic[] } | null)?.diagnostics ?? [];
    if (isConflict(refusal)) {
      const disk = refusal.body.on_disk && completed(this.#table, refusal.body.on_disk);
      // What was changed here goes over what is on disk; what others changed in other columns stays.
      this.conflict = { ...refusal.body, on_disk: disk, yours: { ...disk, ...asked } };
    }
  }
}

function isConflict(refusal: unknown): refusal is Refused & { body: Conflict } {
  return (
    refusal instanceof Refused &&
    refusal.status === 409 &&
    typeof refusal.body === "object" &&
    refusal.body !== null &&
    "on_disk" in refusal.body
  );
}

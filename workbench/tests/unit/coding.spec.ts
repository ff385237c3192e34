import { expect, test } from "@playwright/test";

import { cellsOfCodes, choose, codesOf, isCoded, marksOf, NO_CODES, type Codes } from "../../src/lib/codes";
import { KIND_KEYS, keyOf, OPTION_KEYS, USE_KEYS } from "../../src/lib/keys";
import { inserted, lacks, moved, rowsOf } from "../../src/lib/scale";
import { sourceOf, statementsOf } from "../../src/lib/sheet";
import { asked, NO_CHOICES } from "../../src/lib/start";
import type { EditTable } from "../../src/lib/types";

const ORDER = ["a1", "a2", "a3", "a4"];

const table = (columns: string[], rows: string[][]): EditTable => ({
  file: "positions.csv",
  digest: "",
  undo: 0,
  columns: columns.map((name) => ({ name, note: "", required: false })),
  rows: rows.map((cells, index) => ({ line: index + 2, id: columns[0] === "id" ? (cells[0] ?? "") : "", cells })),
});

test("codes that were chosen are the cells of a row, and the other way round", () => {
  const of = (low: string, best: string, high: string) => ({ low_option: low, best_option: best, high_option: high });
  const one = choose(NO_CODES, ORDER, "asked", "a2");
  expect(cellsOfCodes(one)).toMatchObject(of("a2", "a2", "a2"));
  const range = choose(one, ORDER, "range", "a4");
  expect(cellsOfCodes(range)).toMatchObject(of("a2", "a2", "a4"));
  expect(cellsOfCodes(choose(range, ORDER, "asked", "a3"))).toMatchObject(of("a2", "a3", "a4"));
  // The words name several and none above the others.
  expect(cellsOfCodes(choose(range, ORDER, "asked", "a2"))).toMatchObject(of("a2", "", "a4"));
  expect(cellsOfCodes(choose(range, ORDER, "asked", "a1"))).toMatchObject(of("a1", "a1", "a1"));
  for (const cells of [of("a2", "a2", "a2"), of("a2", "a3", "a4"), of("a1", "", "a3"), of("", "", "")]) {
    expect(cellsOfCodes(codesOf(cells))).toMatchObject(cells);
  }
});

test("no choice of options, however long, leads to cells that the case format does not know", () => {
  let codes: Codes = NO_CODES;
  let seed = 7;
  const next = (n: number): number => {
    seed = (seed * 48271) % 2147483647;
    return seed % n;
  };
  const wrong: Codes[] = [];
  for (let step = 0; step < 5000; step++) {
    codes = choose(codes, ORDER, (["asked", "range", "out"] as const)[next(3)] ?? "asked", ORDER[next(4)] ?? "a1");
    const cells = cellsOfCodes(codes);
    const place = (column: string) => ORDER.indexOf(cells[column] ?? "");
    const [low, best, high] = [place("low_option"), place("best_option"), place("high_option")];
    const together = low >= 0 === high >= 0 && low <= high && (best < 0 || (low <= best && best <= high));
    const apart = codes.ruledOut.every((option) => {
      const { asked, within, out } = marksOf(codes, ORDER, option);
      return out && !asked && !within;
    });
    const again = JSON.stringify(cellsOfCodes(codesOf(cells))) === JSON.stringify(cells);
    if (!together || !apart || !again) wrong.push(codes);
  }
  expect(wrong).toEqual([]);
});

test("what is ruled out is a red line unless something else is said, and stands in the order of the scale", () => {
  const codes = choose(choose(NO_CODES, ORDER, "out", "a3"), ORDER, "out", "a1");
  expect(cellsOfCodes(codes)).toMatchObject({ kind: "red_line", rules_out: "a1;a3" });
  expect(choose({ ...NO_CODES, kind: "demand" }, ORDER, "out", "a1").kind).toBe("demand");
  expect(choose(codes, ORDER, "asked", "a3").ruledOut).toEqual(["a1"]);
});

test("a reason is a code; nothing is none", () => {
  expect(isCoded(NO_CODES)).toBe(false);
  expect(isCoded({ ...NO_CODES, kind: "demand" })).toBe(false);
  expect(isCoded({ ...NO_CODES, reason: " too vague " })).toBe(true);
  expect(cellsOfCodes({ ...NO_CODES, reason: " too vague " })["uncoded_reason"]).toBe("too vague");
});

test("every key means one thing, by its letter or by its place", () => {
  const all = [...OPTION_KEYS, ...KIND_KEYS, ...USE_KEYS];
  expect(new Set(all).size).toBe(all.length);
  expect(keyOf({ key: "q", code: "KeyQ" })).toBe("q");
  expect(keyOf({ key: "й", code: "KeyQ" })).toBe("q");
  // Where letters stand elsewhere, what is written on the key counts.
  expect(keyOf({ key: "q", code: "KeyA" })).toBe("q");
  expect(keyOf({ key: "!", code: "Digit1" })).toBe("1");
  expect(keyOf({ key: "&", code: "Digit1" })).toBe("1");
  expect(keyOf({ key: "Tab", code: "Tab" })).toBe("");
});

test("options are moved and put in; ends are ends", () => {
  const options = [1, 2, 3].map((key) => ({ key, label: `o${key}` }));
  const keys = (list: typeof options) => list.map(({ key }) => key);
  expect(keys(moved(options, 1, 2))).toEqual([2, 3, 1]);
  expect(keys(moved(options, 3, -5))).toEqual([3, 1, 2]);
  expect(keys(moved(options, 9, 0))).toEqual([1, 2, 3]);
  expect(keys(inserted(options, { key: 4, label: "" }, 99))).toEqual([1, 2, 3, 4]);
  expect(lacks(options.slice(0, 1))).toBe("few");
  expect(lacks([...options, { key: 4, label: " " }])).toBe("empty");
  expect(lacks([...options, { key: 4, label: "O1 " }])).toBe("twice");
  expect(lacks(options)).toBeNull();
});

test("a scale is rows of issues.csv, with ids from the letters of the issue", () => {
  const draft = { title: " T ", group: "", options: [{ key: 1, label: " a " }] };
  expect(rowsOf("security_guarantees", draft)).toEqual([
    { issue: "security_guarantees", title: "T", group: "", option: "sg1", order: "1", label: "a" },
  ]);
  expect(rowsOf("полонені", draft)[0]?.["option"]).toBe("o1");
});

test("statements stand by date, and know where they can be read", () => {
  const said = table(
    ["id", "issue", "valid_from", "link", "source_id", "uncoded_reason"],
    [
      ["p2", "i", "2025-02-01", "paper <https://example.org/x>", "", ""],
      ["p1", "i", "2025-01-01", "", "s1", "too vague"],
      ["p3", "j", "2024-01-01", "", "", ""],
    ],
  );
  const [first, second, ...rest] = statementsOf(said, "i");
  expect(rest).toEqual([]);
  expect([first?.key, second?.key]).toEqual(["p1", "p2"]);
  expect([first?.coded, second?.coded]).toEqual([true, false]);
  const sources = table(["id", "title", "url"], [["s1", "A newspaper", "https://example.org/s"]]);
  expect(sourceOf(first?.cells ?? {}, sources)).toMatchObject({
    citation: "A newspaper",
    url: "https://example.org/s",
  });
  expect(sourceOf(second?.cells ?? {}, sources)).toMatchObject({ url: "https://example.org/x" });
  expect(sourceOf({ link: "javascript:alert(1)" }, null)?.url).toBe("");
  expect(sourceOf({}, sources)).toBeNull();
});

test("only what was chosen by hand is asked of the program", () => {
  expect(
    asked({ ...NO_CHOICES, columns: { words: "B=C", link: "" }, folder: " f ", names: "NGA=Nigeria; " }),
  ).toMatchObject({
    map: ["B=C=words"],
    alias: ["NGA=Nigeria"],
    keep_going: null,
    folder: "f",
  });
});

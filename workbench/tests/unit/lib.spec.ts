import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "@playwright/test";

import { query } from "../../src/lib/api/client";
import { stopAt } from "../../src/lib/api/embedded";
import { differing } from "../../src/lib/cells";
import { day, months, name, number, within } from "../../src/lib/days";
import { Dragged, Latest } from "../../src/lib/latest";
import { csvText } from "../../src/lib/figure-files";
import { bySide, limits } from "../../src/lib/limits";
import { sorted } from "../../src/lib/order";
import { read, write } from "../../src/lib/route";
import { named, rowsOf } from "../../src/lib/rows";
import { readThresholds, writeThresholds } from "../../src/lib/thresholds";
import { missing, most, moves, reached, staircases } from "../../src/lib/steps";
import type { Document, FigureBlock } from "../../src/lib/types";

test("an address is read as it is written", () => {
  for (const address of [
    "#/now",
    "#/history?at=2023-01-31",
    "#/blocks?at=2023-01-31&known=2024-02-29&lift=p121,p163",
    "#/values?threshold=A%20B%3A0.4",
  ]) {
    expect(write(read(address))).toBe(address);
  }
  expect(read("")).toEqual({ page: "now", at: null, known: null, choices: {} });
  expect(read("#/plans?package=").choices).toEqual({});
});

test("parameters without a value are left out and lists are repeated", () => {
  expect(query({ at: null, known: "2022-01-01", package: ["a&b", "c"], lift: "" })).toBe(
    "?known=2022-01-01&package=a%26b&package=c",
  );
  expect(query({})).toBe("");
});

test("days are numbers and texts, and months end where they end", () => {
  expect(day(number("2024-02-29") ?? 0)).toBe("2024-02-29");
  for (const no of ["2023-02-29", "2023-2-1", "", "soon"]) expect(number(no)).toBeNull();
  expect(months("2024-03-31", -1)).toBe("2024-02-29");
  expect(months("2023-12-15", 1)).toBe("2024-01-15");
  expect(within("2021-01-01", "2022-02-24", "2026-06-23")).toBe("2022-02-24");
  expect(within("2030-01-01", "2022-02-24", "2026-06-23")).toBe("2026-06-23");
  expect(name("2022-02-24", "en")).toBe("24 February 2022");
  expect(name("2022-02-24", "uk")).toContain("лютого");
});

test("columns sort by number, day or alphabet, with empty cells last", () => {
  const order = (texts: string[], direction: "ascending" | "descending") => sorted(texts, (text) => text, direction);
  expect(order(["10", "9", "", "−1"], "ascending")).toEqual(["−1", "9", "10", ""]);
  expect(order(["10", "9", ""], "descending")).toEqual(["10", "9", ""]);
  expect(order(["3 March 2023", "17 Feb 2026", "2022-01-05"], "ascending")).toEqual([
    "2022-01-05",
    "3 March 2023",
    "17 Feb 2026",
  ]);
  expect(order(["p10", "p9", "e1"], "ascending")).toEqual(["e1", "p9", "p10"]);
  expect(order(["12.5 %", "3 %", "100 %"], "descending")).toEqual(["100 %", "12.5 %", "3 %"]);
});

const document = (lead: string): Document => ({
  title: "",
  subtitle: "",
  at: "",
  known: "",
  unknown_after: null,
  banners: [],
  about: { method: "", level: "public", case_digest: "", seed: 1, draws: 0, version: "" },
  sections: [
    {
      id: "blocks",
      title: "",
      annex: false,
      blocks: [
        { type: "paragraph", lead: "", sentences: [{ text: "Plain.", rows: [], counts: false }] },
        {
          type: "points",
          points: [
            {
              lead,
              sentences: [
                { text: "A rules out x.", rows: ["p1", "p2"], counts: false },
                { text: "No option is left.", rows: [], counts: true },
              ],
            },
          ],
        },
        { type: "table", caption: "", columns: ["x"], rows: [[{ text: "y", rows: ["e7"], anchor: "" }]] },
      ],
    },
  ],
});

test("limits are the sentences with rows of the points on what blocks", () => {
  expect(limits(document("Status of the port."))).toEqual([
    { title: "Status of the port", rulings: [{ words: "A rules out x.", rows: ["p1", "p2"] }] },
  ]);
  expect(limits({ ...document(""), sections: [] })).toEqual([]);
});

test("a text names rows only by whole words that are ids", () => {
  const rows = rowsOf(document(""));
  expect([...rows]).toEqual(["p1", "p2", "e7"]);
  expect(named("Rules out 1, 2 (2022-03-29, p2); p12: e7, p2.", rows)).toEqual(["p2", "e7"]);
});

test("thresholds stand in the address, and only shares are read", () => {
  expect(readThresholds(writeThresholds({ "A: B": 0.45, C: 1 }))).toEqual({ "A: B": 0.45, C: 1 });
  expect(readThresholds(["A:2", "B:x", ":0.3", "C"])).toEqual({});
});

test("two versions of a row differ where their cells do", () => {
  expect(differing({ a: "1", b: "" }, { a: "2", c: "" })).toEqual(["a"]);
});

test("the latest question wins", async () => {
  const latest = new Latest();
  let finish = (): void => undefined;
  const first = latest.ask(() => new Promise<string>((done) => (finish = () => done("first"))));
  const second = latest.ask(async () => "second");
  finish();
  expect(await first).toBeNull();
  expect(await second).toBe("second");
  const dropped = latest.ask(async () => {
    throw new Error("late");
  });
  latest.drop();
  expect(await dropped).toBeNull();
});

test("while dragging the first and the last question are answered and those between are dropped", async () => {
  const asked: number[] = [];
  const answers: number[] = [];
  const errors: unknown[] = [];
  const dragged = new Dragged<number, number>(
    async (question) => {
      asked.push(question);
      await new Promise((done) => setTimeout(done, 5));
      if (question === 9) throw new Error("nine");
      return question;
    },
    (answer) => answers.push(answer),
    (error) => errors.push(error),
  );
  for (const question of [1, 2, 3, 4]) dragged.ask(question);
  await expect.poll(() => answers).toEqual([1, 4]);
  dragged.ask(9);
  await expect.poll(() => errors.length).toBe(1);
  dragged.ask(5);
  await expect.poll(() => answers).toEqual([1, 4, 5]);
  expect(asked).toEqual([1, 4, 9, 5]);
});

test("the bundle can stand inside a page: no imports, and nothing that ends a script or a style there", () => {
  const assets = join(import.meta.dirname, "../../../crates/web/assets");
  const script = readFileSync(join(assets, "app.js"), "utf8");
  expect(script).not.toMatch(/<\/?script/i);
  expect(script).not.toMatch(/\bimport\s*[({"'*]|\bfrom\s*["']/);
  expect(readFileSync(join(assets, "app.css"), "utf8")).not.toMatch(/<\/style|@import|url\(/i);
});

test("cells that a spreadsheet would run get an apostrophe, numbers excepted", () => {
  const rows = [
    ["=a", "-3.5", "+1e3"],
    ["-a", "'=b", "\tc"],
    ["1e999", "-1e999", "a\nb"],
  ];
  expect(csvText({ columns: ["x", "y,z", '"'], rows })).toBe(
    `x,"y,z",""""\n'=a,-3.5,+1e3\n'-a,''=b,'\tc\n1e999,'-1e999,"a\nb"\n`,
  );
});

const figure: FigureBlock = {
  type: "figure",
  id: "steps",
  title: "Steps",
  description: "",
  width: 1,
  height: 1,
  svg: "",
  credit: null,
  table: {
    columns: ["What blocks", "Steps of A", "Steps of B", "What they open"],
    rows: [
      ["All 3 together", "0", "4", "opens all"],
      ["Land", "0", "2", "opens Land: option 1, North"],
      ["Land", "2", "0", "opens Land: option 3, South"],
      ["Water", "1", "1", "opens Water: option 2, Both"],
      ["Air", "", "", "no number of steps is enough: a side has ruled out every option"],
    ],
  },
};

test("steps of the sides open what they reach, and no number is enough where all is ruled out", () => {
  const section = { id: "unblock", title: "", annex: false, blocks: [figure] };
  const found = staircases({ sections: [section] } as unknown as Document);
  expect(found?.sides).toEqual(["A", "B"]);
  expect(found?.cases.map(({ title }) => title)).toEqual(["Land", "Water", "Air"]);
  const [land, water, air] = found?.cases ?? [];
  if (!land || !water || !air) throw new Error("no staircases");
  expect(reached(land, [1, 1])).toEqual([]);
  expect(reached(land, [0, 2]).map(({ opens }) => opens)).toEqual(["Land: option 1, North"]);
  expect(reached(land, [2, 2])).toHaveLength(2);
  expect([missing(land, [1, 0]), missing(water, [0, 0]), missing(air, [9, 9])]).toEqual([1, 2, null]);
  const issues = [{ id: "land", title: "Land", group: "", options: [] }];
  const actors = ["A", "B"].map((name) => ({ id: name.toLowerCase(), name, principal: true }));
  const gone = { Land: [2, 1], Water: [0, 0], "Land + Water": [1, 1] };
  expect(moves(["A", "B"], gone, { issues, actors })).toEqual(["land:a:2", "land:b:1"]);
  expect([most(land, 0), most(water, 1), most(air, 0)]).toEqual([2, 1, 0]);
});

test("statements are put together by side, each once", () => {
  const blocking = [
    {
      title: "Land",
      rulings: [
        { words: "A rules out x.", rows: ["p1", "p2"] },
        { words: "B rules out y.", rows: ["p3"] },
      ],
    },
    { title: "Water", rulings: [{ words: "A rules out z.", rows: ["p2", "p4"] }] },
  ];
  expect(bySide(blocking, ["A", "B", "C"])).toEqual([
    { words: "A", rows: ["p1", "p2", "p4"] },
    { words: "B", rows: ["p3"] },
  ]);
});

test("a day of a page in one file is the last that it holds before the day asked about", () => {
  const days = ["2022-03-01", "2023-03-01", "2024-03-01"];
  expect(stopAt(days, null)).toBe("2024-03-01");
  expect(stopAt(days, "2023-12-31")).toBe("2023-03-01");
  expect(stopAt(days, "2021-01-01")).toBe("2022-03-01");
});

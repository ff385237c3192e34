// A case with markup in every text field: it is shown as text, and nothing of it runs.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, go, open, PAGES, Served, test } from "./workbench";

const MARKUP = "<img src=x onerror=window.ran=1><script>window.ran=1</script>'\"]]>&lt;b&gt;{{7*7}}";

/** Columns whose cells are free text, in any file of a case. */
const FREE = new Set(
  "title statement quote note coder_note label notes clause name place parties_text outcome reason locator".split(" "),
);

/** Rows of cells; good enough for files that we wrote ourselves. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, cell, end] of text.matchAll(/("(?:[^"]|"")*"|[^,\n]*)(,|\n|$)/g)) {
    if (cell === undefined || end === undefined) break;
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

function poison(folder: string): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".csv"))) {
    const [header = [], ...rows] = cells(readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n"));
    const poisoned = rows.map((row) =>
      row.map((cell, index) => (/\D/.test(cell) && FREE.has(header[index] ?? "") ? `${cell} ${MARKUP}` : cell)),
    );
    const written = [header, ...poisoned].map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
    writeFileSync(join(folder, file), `${written.join("\n")}\n`);
  }
  const settings = join(folder, "case.toml");
  const title = JSON.stringify(`Hostile ${MARKUP}`);
  writeFileSync(
    settings,
    readFileSync(settings, "utf8").replace(/^title = .*$/m, () => `title = ${title}`),
  );
  const sources = join(folder, "sources.json");
  const items = JSON.parse(readFileSync(sources, "utf8")) as Record<string, unknown>[];
  for (const item of items) Object.assign(item, { title: MARKUP, note: MARKUP, URL: "javascript:window.ran=1" });
  writeFileSync(sources, JSON.stringify(items));
}

test("no script of a hostile case runs on any page", async ({ page }) => {
  test.setTimeout(300_000);
  const served = await Served.of("russia-ukraine", [], poison);
  try {
    await open(page, served);
    await expect(page.locator("header .title")).toContainText("<script>");
    for (const name of PAGES) {
      await go(page, served, name);
      expect(await page.evaluate(() => Reflect.get(window, "ran") as unknown), name).toBeUndefined();
      await expect(page.locator("main script, main img, main iframe, main [onerror]"), name).toHaveCount(0);
    }
    await go(page, served, "now");
    await page.locator("main button.row:visible").first().click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.locator(".citation")).toContainText("<script>");
    // An address that is none of the web is text.
    await expect(dialog.locator("a")).toHaveCount(0);
    for (const mark of await page
      .locator("figure svg .mark")
      .all()
      .then((all) => all.slice(0, 5))) {
      await mark.dispatchEvent("click");
    }
    expect(await page.evaluate(() => Reflect.get(window, "ran") as unknown)).toBeUndefined();
  } finally {
    served.stop();
  }
});

test("no script of a hostile case runs where its files are changed", async ({ page }) => {
  const served = await Served.of("russia-ukraine", ["--edit"], poison);
  try {
    await open(page, served);
    for (const hash of ["table", "coding", "coding?issue=territory_donbas", "coding?issue=eu_membership"]) {
      await go(page, served, hash);
      await expect(page.locator("main"), hash).toContainText("<script>");
      expect(await page.evaluate(() => Reflect.get(window, "ran") as unknown), hash).toBeUndefined();
      await expect(page.locator("main script, main img, main iframe, main [onerror]"), hash).toHaveCount(0);
      await expect(page.locator('main a[href^="javascript"]'), hash).toHaveCount(0);
    }
  } finally {
    served.stop();
  }
});

test("an address without its key says what to do", async ({ page, flagship, quiet }) => {
  quiet.push("403", "401");
  const answer = await page.goto(`${flagship.origin}/`);
  expect(answer?.status()).toBe(403);
  await expect(page.locator("body")).toContainText(/address that the program printed/);
});

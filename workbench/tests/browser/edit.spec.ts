// The table of rows. The answers of a server that writes are played here, to the letter of what it promises; whether it
// writes what it says is tested with the program itself.

import type { Page } from "@playwright/test";

import type { CaseState, Edit, EditTable } from "../../src/lib/types";
import { expect, go, open, test, type Served } from "./workbench";

const COLUMNS = ["id", "actor", "issue", "statement", "source_id"];

/** Plays a file with two rows and returns what was asked to be written. */
async function play(page: Page, served: Served): Promise<{ asked: Edit[]; disk: Record<string, string> }> {
  const asked: Edit[] = [];
  const disk: Record<string, string> = {
    id: "p001",
    actor: "Russia",
    issue: "accountability",
    statement: "Says no.",
    source_id: "s1",
  };
  let digest = "d1";
  await page.route(`${served.origin}/api/case`, async (route) => {
    const answer = await route.fetch();
    const state = { ...((await answer.json()) as CaseState), edit: true, level: "all" };
    await route.fulfill({ json: state });
  });
  const table = (file: string, rows: string[][], columns = COLUMNS): EditTable => ({
    file,
    digest,
    columns: columns.map((name) => ({ name, note: `What ${name} is.` })),
    rows: rows.map((cells, index) => ({ line: index + 2, id: cells[0] ?? "", cells })),
  });
  await page.route(`${served.origin}/api/table/*`, async (route) => {
    if (route.request().url().endsWith("sources.csv")) {
      await route.fulfill({ json: table("sources.csv", [["s1", "A newspaper"]], ["id", "title"]) });
      return;
    }
    const first = COLUMNS.map((column) => disk[column] ?? "");
    const second = ["p002", "Ukraine", "accountability", "Says yes.", "s1"];
    await route.fulfill({ json: table("positions.csv", [first, second]) });
  });
  await page.route(`${served.origin}/api/edit`, async (route) => {
    const request = route.request();
    expect(request.headers()["x-detente"]).toBe("1");
    const edit = request.postDataJSON() as Edit;
    asked.push(edit);
    if (edit.digest !== digest) {
      await route.fulfill({ status: 409, json: { error: "The row changed.", on_disk: disk, yours: edit.cells } });
    } else if (edit.cells["actor"] === "NGA") {
      const finding = { code: "N001", severity: "error", message: "NGA is Nigeria", file: "positions.csv", line: 2 };
      const diagnostics = [{ ...finding, column: 2, hints: ["write Russia"], text: null }];
      await route.fulfill({ status: 422, json: { error: "Not written.", diagnostics } });
    } else {
      if (edit.id === "p001") Object.assign(disk, edit.cells);
      digest += "+";
      await route.fulfill({ json: { digest, generation: 2, diagnostics: [] } });
    }
  });
  await page.route(`${served.origin}/api/undo`, (route) =>
    route.fulfill({ json: { file: "positions.csv", generation: 3 } }),
  );
  return { asked, disk };
}

test("a row is corrected, and only what was changed is sent", async ({ page, flagship }) => {
  const { asked } = await play(page, flagship);
  await open(page, flagship);
  await expect(page.locator("header .level")).toHaveText(/All rows/);
  await go(page, flagship, "table");
  await page.getByRole("searchbox").fill("says no");
  await expect(page.getByText("1 of 2 rows")).toBeVisible();
  await page.getByRole("button", { name: "Change row p001" }).click();
  const form = page.getByRole("dialog");
  await expect(form.getByLabel("id", { exact: true })).toHaveAttribute("readonly", "");
  await expect(form.getByText("A newspaper").and(form.locator("strong"))).toBeVisible();
  await form.getByLabel("statement").fill("Says nothing.");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ file: "positions.csv", digest: "d1", id: "p001" });
  expect(asked[0]?.cells).toEqual({ statement: "Says nothing." });
  expect(asked[0]?.before?.["statement"]).toBe("Says no.");
  await page.getByRole("button", { name: "Undo the last change" }).click();
  await expect(page.getByText("The last change in positions.csv was taken back.")).toBeVisible();
});

test("a row is added, and faults are shown with what mends them", async ({ page, flagship, quiet }) => {
  quiet.push("422");
  const { asked } = await play(page, flagship);
  await open(page, flagship);
  await go(page, flagship, "table");
  await page.getByRole("button", { name: "Add a row" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByText("Nothing was changed.")).toBeVisible();
  await form.getByLabel("actor").fill("NGA");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByText("NGA is Nigeria")).toBeVisible();
  await expect(form.getByText("write Russia")).toBeVisible();
  await form.getByLabel("actor").fill("Russia");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(asked.at(-1)).toEqual({
    file: "positions.csv",
    digest: "d1",
    id: null,
    before: null,
    cells: { actor: "Russia" },
  });
});

test("a row that changed on disk meanwhile is shown in both versions, and nothing is lost", async ({
  page,
  flagship,
  quiet,
}) => {
  quiet.push("409");
  const { asked, disk } = await play(page, flagship);
  await open(page, flagship);
  await go(page, flagship, "table");
  await page.getByRole("button", { name: "Change row p001" }).click();
  const form = page.getByRole("dialog");
  // Somebody else saves first.
  await page.evaluate(async () => {
    await fetch("/api/edit", {
      method: "POST",
      headers: { "x-detente": "1" },
      body: JSON.stringify({
        file: "positions.csv",
        digest: "d1",
        id: "p001",
        before: null,
        cells: { actor: "Ukraine" },
      }),
    });
  });
  await form.getByLabel("statement").fill("Mine.");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  await expect(form.getByText("Nothing was written.")).toBeVisible();
  const row = form.getByRole("row", { name: /statement/ });
  await expect(row.getByRole("cell").nth(0)).toHaveText("Says no.");
  await expect(row.getByRole("cell").nth(1)).toHaveText("Mine.");
  await form.getByRole("button", { name: "Save my changes over it" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(asked.at(-1)?.before?.["actor"]).toBe("Ukraine");
  // The other's change stays beside mine.
  expect(disk).toMatchObject({ actor: "Ukraine", statement: "Mine." });
});

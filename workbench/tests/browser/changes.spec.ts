// The files change while the page is open; a long computation is cancelled; the program ends.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, go, open, ready, Served, test } from "./workbench";

test("a changed file shows by itself, a broken one leaves the last good state, and Check says how to mend it", async ({
  page,
}) => {
  // The case settles what NGA means: Russia in older notes, not Nigeria. Here it does not yet.
  let mending = "";
  const served = await Served.of("russia-ukraine", [], (folder) => {
    const aliases = readFileSync(join(folder, "aliases.csv"), "utf8");
    mending = aliases;
    writeFileSync(join(folder, "aliases.csv"), aliases.replace(/^NGA,.*\n?/m, ""));
  });
  try {
    await open(page, served);
    const positions = readFileSync(join(served.folder, "positions.csv"), "utf8");
    const settings = readFileSync(join(served.folder, "case.toml"), "utf8");

    // The statement stays open while the case changes below it.
    await page.locator("main button.row:visible").first().click();
    await expect(page.getByRole("dialog").locator(".citation")).toBeVisible();
    served.write("case.toml", settings.replace(/^title = .*$/m, 'title = "A changed title"'));
    await expect(page.locator("header .title")).toHaveText("A changed title");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");

    const broken = positions.replace(/^(p001),Russia,/m, "$1,NGA,");
    expect(broken).not.toBe(positions);
    served.write("positions.csv", broken);
    const state = page.locator("header .state.broken");
    await expect(state).toBeVisible();
    await expect(page.locator("main")).toContainText("As of");
    await state.click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check of the files");
    const finding = page.locator("article", { hasText: "NGA" }).first();
    await expect(finding).toContainText("positions.csv, line");
    await expect(finding.locator("pre")).toContainText("p001,NGA,");
    await expect(finding.locator("li").first()).toContainText("aliases.csv");

    served.write("aliases.csv", mending);
    await expect(state).toHaveCount(0);
    await expect(finding).toHaveCount(0);
  } finally {
    served.stop();
  }
});

test("the place on the page stays when the case changes", async ({ page }) => {
  const served = await Served.of("russia-ukraine");
  try {
    await open(page, served);
    await page.evaluate(() => scrollTo(0, 900));
    const settings = readFileSync(join(served.folder, "case.toml"), "utf8");
    served.write("case.toml", settings.replace(/^title = .*$/m, 'title = "Again"'));
    await expect(page.locator("header .title")).toHaveText("Again");
    await ready(page);
    expect(await page.evaluate(() => scrollY)).toBe(900);
  } finally {
    served.stop();
  }
});

test("a long computation tells how far it is and can be cancelled", async ({ page, quiet }) => {
  test.setTimeout(120_000);
  // A cancelled question is answered 409, which the browser notes.
  quiet.push("409");
  const served = await Served.of("russia-ukraine", ["--draws", "10000"]);
  try {
    await open(page, served);
    await page.goto(`${served.origin}/#/scenarios`);
    await expect(page.getByRole("progressbar").first()).toBeVisible({ timeout: 50_000 });
    // The page is not frozen meanwhile.
    await page.locator("header select").selectOption("uk");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Сценарії");
    await page.locator("header select").selectOption("en");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Cancelled.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Compute again" })).toBeVisible();
    await go(page, served, "now");
  } finally {
    served.stop();
  }
});

test("a program that ended is said to have ended", async ({ page, quiet }) => {
  quiet.push("ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_CONNECTION_RESET");
  const served = await Served.of("russia-ukraine");
  await open(page, served);
  served.stop();
  await expect(page.getByRole("alert")).toContainText("The program does not answer");
});

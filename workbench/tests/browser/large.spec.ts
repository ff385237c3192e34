// The same walk on a case of 2,000 statements: it stays as easy to use.

import { readFileSync } from "node:fs";

import type { Page } from "@playwright/test";

import { BLOCKED, STATEMENTS, writeLargeCase } from "./large-case";
import { expect, go, open, ready, Served, test } from "./workbench";

let served: Served;

test.beforeAll(async () => {
  served = await Served.made(writeLargeCase);
});

test.afterAll(() => served.stop());

/** Milliseconds until what is done is drawn: two frames after it. */
async function took(page: Page, what: () => Promise<unknown>): Promise<number> {
  const begun = Date.now();
  await what();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  return Date.now() - begun;
}

/** Long enough for a slow machine, and short enough that nobody thinks that the page hangs. */
const PATIENCE = 5000;
const AT_ONCE = 1500;

test("every page of a large case is there before anybody loses patience", async ({ page }) => {
  await open(page, served);
  await expect(page.locator("header .title")).toHaveText("A large case");
  for (const name of ["now", "history", "plans", "common", "blocks", "values", "forecast", "sources", "check"]) {
    const time = await took(page, () => go(page, served, name));
    test.info().annotations.push({ type: name, description: `${time} ms` });
    expect(time, name).toBeLessThan(PATIENCE);
  }
});

test("a source is read, the day dragged, a limit lifted, a figure saved", async ({ page }) => {
  await open(page, served);
  await page.locator("main button.row:visible").first().click();
  await expect(page.getByRole("dialog").locator(".citation")).toContainText("Report");
  await page.keyboard.press("Escape");

  const slider = page.getByRole("slider", { name: "The day asked about" });
  const latest = String(await page.locator(".subtitle").textContent());
  for (const day of ["17700", "18200", "18700", "19200"]) {
    const time = await took(page, () => slider.fill(day));
    test.info().annotations.push({ type: "drag", description: `${time} ms` });
    expect(time, "dragging the day").toBeLessThan(AT_ONCE);
  }
  await expect(page.locator(".subtitle")).not.toHaveText(latest);
  await expect(page.locator(".subtitle")).toContainText("27 July 2022");

  await page.getByRole("button", { name: "Latest" }).click();
  await page.getByRole("navigation").getByRole("link", { name: "What blocks" }).click();
  await ready(page);
  const panel = page.getByRole("region", { name: "What if limits were lifted" });
  const issues = panel.getByRole("row", { name: /Issues that block/ }).getByRole("cell");
  await expect(issues.first()).toHaveText(String(BLOCKED));
  const group = panel.locator("details details").first();
  await group.locator("summary").click();
  const time = await took(page, async () => {
    await group.getByRole("switch", { name: "Lift all on this issue" }).check();
    await expect(issues.last()).toHaveText(String(BLOCKED - 1));
  });
  expect(time, "lifting limits").toBeLessThan(AT_ONCE);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#figure-blocks").getByRole("link", { name: "PNG" }).click(),
  ]);
  expect(readFileSync(await download.path()).length).toBeGreaterThan(10_000);
  await page.getByRole("navigation").getByRole("link", { name: "Check" }).click();
  await expect(page.getByText("No errors and no warnings.")).toBeVisible();
});

test("a table of all statements is searched and sorted without waiting", async ({ page }) => {
  const editing = await Served.made(writeLargeCase, ["--edit"]);
  try {
    await open(page, editing);
    await go(page, editing, "table");
    await expect(page.getByText(new RegExp(`of ${STATEMENTS} rows|of 2,000 rows`))).toBeVisible();
    const search = page.getByRole("searchbox");
    const typing = await took(page, async () => {
      await search.fill("statement 1999");
      await expect(page.locator("tbody tr")).toHaveCount(1);
    });
    expect(typing, "searching").toBeLessThan(AT_ONCE);
    await search.fill("");
    const sorting = await took(page, () =>
      page.getByRole("columnheader", { name: "statement" }).getByRole("button").click(),
    );
    expect(sorting, "sorting").toBeLessThan(AT_ONCE);
    await expect(page.locator("tbody tr").nth(1)).toContainText("Statement 2:");
  } finally {
    editing.stop();
  }
});

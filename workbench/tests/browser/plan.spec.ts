// A new plan is entered: the real program writes it into the table of plans, and the page shows it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Locator, Page } from "@playwright/test";

import { examine } from "./axe";
import { expect, go, open, ready, Served, test } from "./workbench";

const plans = (served: Served): string => readFileSync(join(served.folder, "packages.csv"), "utf8");

async function form(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Enter a new plan" }).click();
  return page.getByRole("dialog");
}

test("a plan is entered, stands in the table and in the file, and is taken back", async ({ page, quiet }) => {
  quiet.push("422");
  const served = await Served.of("russia-ukraine", ["--edit"]);
  try {
    await open(page, served);
    await go(page, served, "plans");
    const before = plans(served);
    const dialog = await form(page);
    await examine(page);
    const save = dialog.getByRole("button", { name: "Save", exact: true });
    await save.click();
    await expect(dialog.getByText("The plan has no title yet.")).toBeVisible();
    await dialog.getByLabel("Title of the plan").fill("A plan, of “May”");
    await save.click();
    await expect(dialog.getByText("No issue is decided yet.")).toBeVisible();
    await dialog.getByLabel("Status of Crimea and Sevastopol").selectOption({ index: 3 });
    await dialog.getByLabel("Alliance membership and neutrality of Ukraine").selectOption({ index: 2 });
    await expect(dialog.getByText("Decides 2 of 18 issues.")).toBeVisible();
    // A click beside the form loses nothing.
    await page.mouse.click(5, 400);
    await expect(dialog.getByText("Decides 2 of 18 issues.")).toBeVisible();
    await dialog.getByLabel("Date", { exact: false }).fill("2026-05-20");
    // A source that is not in the bibliography is refused with what mends it, and nothing is lost.
    await dialog.getByLabel("Source").fill("no-such-source");
    await save.click();
    await expect(dialog.locator("article").first()).toContainText("no-such-source");
    expect(plans(served)).toBe(before);
    await dialog.getByLabel("Source").fill("tass-2024-06-14");
    await expect(dialog.locator("small", { hasText: /tass/i })).toBeVisible();
    await save.click();
    await expect(page.getByText("Saved. The plan is in the table.")).toBeVisible();
    await expect(dialog).toHaveCount(0);
    await expect(page.locator(".document table").first()).toContainText("A plan, of “May”");
    await expect(page.getByRole("checkbox", { name: /A plan, of “May”/ })).toBeVisible();

    // The rows of others stand as they did, byte for byte.
    const after = plans(served);
    const lines = after.split("\n");
    for (const [index, line] of before.trimEnd().split("\n").entries()) {
      expect(lines[index]?.replace(/,+$/, "")).toBe(index === 0 ? `${line},date,source_id` : line.replace(/,+$/, ""));
    }
    const added = after.split("\n").filter((line) => line.startsWith("a-plan-of-may,"));
    expect(added).toHaveLength(2);
    expect(added[0]).toContain("territory_crimea,tc3,");
    expect(added[1]).toContain("nato_neutrality,nn2,");
    for (const line of added) expect(line).toContain("2026-05-20");

    await page.getByRole("checkbox", { name: /A plan, of “May”/ }).check();
    await ready(page);
    await expect(page.locator(".document")).toContainText("A plan, of “May”");
    // Before its day it is not there.
    await go(page, served, "plans?at=2026-05-19");
    await expect(page.locator(".document table").first()).toContainText("Istanbul");
    await expect(page.locator(".document table").first()).not.toContainText("A plan, of “May”");

    await go(page, served, "plans");
    await page.getByRole("button", { name: "Undo the last change" }).click();
    await expect(page.getByText("The last change in packages.csv was taken back.")).toBeVisible();
    expect(plans(served)).toBe(before);
    await expect(page.locator(".document table").first()).not.toContainText("A plan, of “May”");
  } finally {
    served.stop();
  }
});

test("a case without plans gets its first", async ({ page }) => {
  const served = await Served.of("camp-david-1978", ["--edit"]);
  try {
    expect(existsSync(join(served.folder, "packages.csv"))).toBe(false);
    await open(page, served);
    await page.getByRole("navigation").getByRole("link", { name: "Plans" }).click();
    await ready(page);
    const dialog = await form(page);
    await dialog.getByLabel("Title of the plan").fill("Перший план");
    await dialog.locator("select").first().selectOption({ index: 1 });
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await expect(page.getByText("Saved. The plan is in the table.")).toBeVisible();
    await expect(page.locator(".document")).toContainText("Перший план");
    expect(plans(served).split("\n")[1]).toMatch(/^plan,Перший план,/);
  } finally {
    served.stop();
  }
});

test("a case that is open for reading offers no plan to enter, and no page tells to type a command", async ({
  page,
  flagship,
}) => {
  await open(page, flagship);
  await go(page, flagship, "plans");
  await expect(page.getByText("One plan dominates another")).toBeVisible();
  await expect(page.getByRole("button", { name: "Enter a new plan" })).toHaveCount(0);
  await expect(page.locator("main")).not.toContainText("detente plan");
});

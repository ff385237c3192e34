// A case as one file: opened from disk, without a program behind it and without a question to anybody.

import { readFileSync } from "node:fs";

import type { Document } from "../../src/lib/types";
import { examine } from "./axe";
import { drawn, listen, OneFile } from "./onefile";
import { expect, test } from "./workbench";

let flagship: OneFile;

test.beforeAll(() => {
  test.setTimeout(120_000);
  flagship = OneFile.of("russia-ukraine");
});

test("it opens from disk, names its level, and asks for nothing on any page and day", async ({ page }) => {
  const asked = listen(page);
  await page.goto(flagship.address("now"));
  await drawn(page);
  await expect(page).toHaveTitle(/Russia–Ukraine/);
  await expect(page.locator("header .level")).toHaveText(/Public/);
  await expect(page.locator("#figure-now svg .mark").first()).toBeAttached();
  const { case: state, days } = flagship.held;
  for (const name of [...state.pages, "check"]) {
    for (const hash of [name, `${name}?at=${days[0] ?? ""}`]) {
      await page.goto(flagship.address(hash));
      await drawn(page);
      await expect(page.locator(".error, .lost"), hash).toHaveCount(0);
    }
  }
  // Editing, and files that only the program makes, are not offered.
  await page.goto(flagship.address("now"));
  await expect(page.getByRole("link", { name: "Word" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Table" })).toHaveCount(0);
  expect(asked).toEqual([]);
});

test("its policy lets in its own script and style alone", () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(flagship.html)?.[1] ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe");
  expect(policy).not.toMatch(/https?:/);
  // The only addresses in it are those of sources, which stand packed in its data.
  expect(flagship.html).not.toMatch(/<(script|link|img|iframe)[^>]* (src|href)=/i);
});

test("the slider goes from day to day that the file holds", async ({ page }) => {
  const { days } = flagship.held;
  await page.goto(flagship.address("now"));
  await drawn(page);
  const latest = String(await page.locator(".subtitle").textContent());
  const slider = page.getByRole("slider", { name: "The day asked about" });
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(new RegExp(`at=${days.at(-2) ?? ""}`));
  await expect(page.locator(".subtitle")).not.toHaveText(latest);
  await slider.fill("0");
  await expect(page.getByRole("button", { name: "The day before in this file" })).toBeDisabled();
  await page.getByRole("combobox", { name: "The day asked about" }).selectOption(days.at(-1) ?? "");
  await expect(page.locator(".subtitle")).toHaveText(latest);
  await expect(page.getByText(/It holds \d+ days/)).toBeVisible();
  // Links keep the day; the way back leads through the days.
  await slider.fill("0");
  await page.getByRole("navigation").getByRole("link", { name: "History" }).click();
  await expect(page).toHaveURL(new RegExp(`#/history\\?at=${days[0] ?? ""}`));
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Now");
});

test("a page that is there for the last day alone says so", async ({ page }) => {
  const { pages, days } = flagship.held;
  const [name = ""] = Object.entries(pages).find(([, byDay]) => Object.keys(byDay).length < days.length) ?? [];
  test.skip(name === "", "every page is there for all days");
  await page.goto(flagship.address(`${name}?at=${days[0] ?? ""}`));
  await expect(page.getByText(/This file holds this page for .* only/)).toBeVisible();
  await page.goto(flagship.address(name));
  await drawn(page);
  await expect(page.getByText(/This file holds this page for .* only/)).toHaveCount(0);
});

test("the plan matrix and the statements behind it are there", async ({ page }) => {
  await page.goto(flagship.address("plans"));
  await expect(page.locator(".document figure svg, .document table").first()).toBeVisible();
  await page.goto(flagship.address("now"));
  const button = page.locator("main button.row:visible").first();
  const id = await button.textContent();
  await button.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { level: 2 })).toContainText(String(id));
  await expect(dialog.locator(".citation")).not.toBeEmpty();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
});

test("a plan that the file holds is read clause by clause against the words of the sides", async ({
  page,
  flagship: served,
}) => {
  // What the program says of two plans stands in the page, one by one.
  await page.request.get(served.address);
  const held = flagship.held;
  const [one, other] = held.case.packages.map(({ id }) => id);
  for (const id of [one, other]) {
    const answer = await page.request.get(`${served.origin}/api/pages/plans?package=${id ?? ""}`);
    held.pages[`plans?package=${id ?? ""}`] = { [held.days.at(-1) ?? ""]: (await answer.json()) as Document };
  }
  const filled = flagship.with(() => held);
  await page.goto(filled.address("plans"));
  await drawn(page);
  const panel = page.getByRole("region", { name: "Plans to compare" });
  await panel.getByRole("radio").nth(0).check();
  await expect(page.locator(`#figure-plan-${one ?? ""} svg`)).toBeVisible();
  await panel.getByRole("radio").nth(1).check();
  await expect(page.locator(`#figure-plan-${other ?? ""} svg`)).toBeVisible();
  await expect(page.locator(`#figure-plan-${one ?? ""}`)).toHaveCount(0);
  await panel.getByRole("button", { name: "Clear the choice" }).click();
  await expect(page.locator(".document")).toContainText("Plans on record");
});

test("limits are lifted where the file has the answer, and where it has not it says so", async ({ page }) => {
  const { days } = flagship.held;
  await page.goto(flagship.address("blocks"));
  await drawn(page);
  const panel = page.getByRole("region", { name: "What if limits were lifted" });
  const issues = panel.getByRole("row", { name: /Issues that block/ }).getByRole("cell");
  const before = Number(await issues.first().textContent());
  const groups = panel.locator("details details");
  await groups.nth(0).locator("summary").click();
  await groups.nth(0).getByRole("switch", { name: "Lift all on this issue" }).check();
  await expect(issues.last()).toHaveText(String(before - 1));
  await expect(panel.locator("s")).toHaveCount(1);
  await expect(panel.getByRole("checkbox", { name: /Draw the whole page/ })).toHaveCount(0);
  // One statement of another issue beside them is no combination that the file holds.
  await groups.nth(1).locator("summary").click();
  await groups.nth(1).locator(".one").getByRole("switch").first().check();
  await expect(panel.getByRole("alert")).toContainText("holds the answers for single statements and whole groups");
  await expect(issues).toHaveCount(1);
  await panel.getByRole("button", { name: "Put all back" }).click();
  await expect(panel.getByRole("alert")).toHaveCount(0);
  // At an earlier day there are no answers of this kind.
  await page.goto(flagship.address(`blocks?at=${days[0] ?? ""}`));
  await expect(panel.getByText(/This file holds these answers for .* only/)).toBeVisible();
  await panel.getByRole("button", { name: /^Go to/ }).click();
  await expect(issues.first()).toHaveText(String(before));
});

test("a figure is saved as SVG, PNG and CSV, and no cell runs as a formula", async ({ page }) => {
  const hostile = flagship.with((held) => {
    const document = Object.values(held.pages["now"] ?? {}).at(-1);
    for (const block of document?.sections.flatMap((section) => section.blocks) ?? []) {
      if (block.type === "figure") block.table.rows.unshift(["=1+1", "-3", '@a,"b"', "+x"]);
    }
    return held;
  });
  await page.goto(hostile.address("now"));
  const figure = page.locator("#figure-now");
  const saved: Record<string, Buffer> = {};
  for (const form of ["SVG", "PNG", "CSV"]) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("button", { name: form }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`now-now.${form.toLowerCase()}`);
    saved[form] = readFileSync(await download.path());
  }
  expect(saved["CSV"]?.toString().split("\n")[1]).toBe(`'=1+1,-3,"'@a,""b""",'+x`);
  const svg = saved["SVG"]?.toString() ?? "";
  expect(svg).toContain(String(await figure.locator("figcaption strong").textContent()).replace(/\.$/, ""));
  // The picture is as large as the drawing, twice as fine, and not empty.
  const png = saved["PNG"] ?? Buffer.alloc(0);
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.readUInt32BE(16)).toBe(2 * width);
  expect(png.length).toBeGreaterThan(20_000);
});

for (const [what, mend] of [
  ["cut off", (html: string) => html.replace(/(id="embedded">[^<]{2000})[^<]*/, "$1")],
  ["no text of the kind", (html: string) => html.replace(/(id="embedded">)[^<]*/, "$1?!")],
  ["missing", (html: string) => html.replace(/<script type="application\/octet-stream"[^]*?<\/script>/, "")],
] as const) {
  test(`data that are ${what} are said to be unreadable`, async ({ page }) => {
    const asked = listen(page);
    await page.goto(flagship.mended(mend).address("now"));
    await expect(page.getByRole("alert")).toContainText("The data inside this page cannot be read.");
    expect(asked).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious in it: ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme });
    // Where it is drawn otherwise than from a server; the rest is the same and is examined there.
    for (const name of ["now", "plans", "blocks"]) {
      await page.goto(flagship.address(name));
      await drawn(page);
      await test.step(name, () => examine(page));
    }
  });
}

for (const width of [360, 1920]) {
  test(`nothing of it is cut off at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const name of flagship.held.case.pages) {
      await page.goto(flagship.address(name));
      await drawn(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, name).toBeLessThanOrEqual(0);
      await expect(page.locator("header .level"), name).toBeInViewport();
    }
  });
}

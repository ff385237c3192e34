// What somebody does in the first ten minutes with the case on Russia and Ukraine.

import { readFileSync } from "node:fs";

import { expect, go, open, ready, test } from "./workbench";

test("the first screen says where it stands, and the token has left the address", async ({ page, flagship }) => {
  await open(page, flagship);
  expect(page.url()).not.toContain("token");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Now");
  await expect(page).toHaveTitle(/Russia–Ukraine/);
  await expect(page.locator("header .level")).toHaveText(/Public/);
  await expect(page.locator("#figure-now svg .mark").first()).toBeAttached();
});

test("a row opens its statement with the source, and the focus comes back", async ({ page, flagship }) => {
  await open(page, flagship);
  const button = page.locator("main button.row:visible").first();
  const id = await button.textContent();
  await button.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { level: 2 })).toContainText(String(id));
  await expect(dialog.locator(".citation")).not.toBeEmpty();
  await expect(dialog.getByText("Checked against the source")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("several rows are gone through one by one", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "blocks");
  await page.locator("main .document button.row.many").first().click();
  const dialog = page.getByRole("dialog");
  const heading = dialog.getByRole("heading", { level: 2 });
  const first = await heading.textContent();
  await dialog.getByRole("button", { name: "Next row" }).click();
  await expect(heading).not.toHaveText(String(first));
  await page.keyboard.press("ArrowLeft");
  await expect(heading).toHaveText(String(first));
  await expect(dialog.getByRole("button", { name: "Previous row" })).toBeDisabled();
});

test("a mark of a figure opens the statement behind it", async ({ page, flagship }) => {
  await open(page, flagship);
  const mark = page.locator("#figure-now svg .mark", { hasText: /asks for .*\bp\d+/ }).first();
  await mark.dispatchEvent("click");
  await expect(page.getByRole("dialog").locator(".citation")).not.toBeEmpty();
  // A click into its margin leaves it open; one beside it closes it.
  await page.mouse.click((page.viewportSize()?.width ?? 0) - 30, 600);
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.mouse.click(5, 600);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("an earlier day changes the page, and the way back works", async ({ page, flagship }) => {
  await open(page, flagship);
  const latest = await page.locator(".subtitle").textContent();
  const slider = page.getByRole("slider", { name: "The day asked about" });
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(/at=\d{4}-\d{2}-\d{2}/);
  await page.keyboard.press("PageDown");
  await slider.fill("19000");
  await expect(page.locator(".subtitle")).toContainText("8 January 2022");
  await ready(page);
  await page.getByRole("checkbox", { name: "Known by the same day" }).uncheck();
  await page.getByRole("slider", { name: "As known by" }).fill("19500");
  await expect(page.locator(".subtitle")).toContainText("as known on 23 May 2023");
  await page.getByRole("button", { name: "Latest" }).click();
  await expect(page.locator(".subtitle")).toHaveText(String(latest));
  await page.goBack();
  await expect(page.locator(".subtitle")).toContainText("as known on 23 May 2023");
});

test("lifting limits tells at once what would still block", async ({ page, flagship }) => {
  await open(page, flagship);
  await page.getByRole("navigation").getByRole("link", { name: "What blocks" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await ready(page);
  const panel = page.getByRole("region", { name: "What if limits were lifted" });
  const issues = panel.getByRole("row", { name: /Issues that block/ }).getByRole("cell");
  await expect(issues.first()).toHaveText(/^\d+$/);
  const before = Number(await issues.first().textContent());
  const group = panel.locator("details details").first();
  await group.locator("summary").click();
  await group.getByRole("switch", { name: "Lift all of these" }).first().check();
  await expect(issues.last()).toHaveText(String(before - 1));
  await expect(panel.locator("s")).toHaveCount(1);
  await expect(page).toHaveURL(/lift=/);
  await panel.getByRole("checkbox", { name: /Draw the whole page/ }).check();
  await expect(page.locator(".document .banner", { hasText: "As it would be" })).toBeVisible();
  await panel.getByRole("button", { name: "Put all back" }).click();
  await expect(panel.getByText("No limit is lifted.")).toBeVisible();
});

test("all limits of a side are lifted at once", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "blocks");
  const panel = page.getByRole("region", { name: "What if limits were lifted" });
  await panel.getByRole("switch", { name: /^Lift all of Ukraine/ }).check();
  await expect(panel.getByText("No, some package passes all limits")).toBeVisible();
  await expect(panel.locator("s")).toHaveCount(6);
  await panel.getByRole("button", { name: "Put all back" }).click();
  await expect(panel.locator("s")).toHaveCount(0);
});

test("steps of the sides are moved by slider and by dragging, and what opens is said at once", async ({
  page,
  flagship,
}) => {
  await open(page, flagship);
  await go(page, flagship, "blocks");
  const panel = page.getByRole("region", { name: "What if the sides moved" });
  await expect(panel.getByText("Open: 0 of 6 issues that block.")).toBeVisible();
  await expect(panel.getByText("19 more steps would open the rest.")).toBeVisible();
  const crimea = panel.locator("details details", { hasText: "Status of Crimea" });
  await crimea.locator("summary").click();
  const russia = crimea.getByRole("slider", { name: "Russia" });
  await russia.focus();
  await page.keyboard.press("ArrowRight");
  await expect(panel.getByText("18 more steps would open the rest.")).toBeVisible();
  await crimea.getByRole("slider", { name: "Ukraine" }).fill("3");
  await expect(panel.getByText("Open: 1 of 6 issues that block.")).toBeVisible();
  // The program counts steps and lifted limits together.
  const lifting = page.getByRole("region", { name: "What if limits were lifted" });
  const issues = lifting.getByRole("row", { name: /Issues that block/ }).getByRole("cell");
  await expect(issues.last()).toHaveText("5");
  const other = lifting.locator("details details", { hasText: "Who may negotiate" });
  await other.locator("summary").click();
  await other.getByRole("switch", { name: "Lift all on this issue" }).check();
  await expect(issues.last()).toHaveText("4");
  await lifting.getByRole("button", { name: "Put all back" }).click();
  await expect(issues.last()).toHaveText("5");
  await expect(crimea.locator("li")).toHaveText(/option 2, Recognised in law as Russian by one or more third states/);
  // The point is dragged to the far corner, where everything is open.
  const field = crimea.locator("svg");
  await field.scrollIntoViewIfNeeded();
  const box = await field.boundingBox();
  if (!box) throw new Error("no field");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 3, box.y + 3, { steps: 5 });
  await page.mouse.up();
  await expect(crimea.locator("li")).toHaveCount(5);
  await expect(russia).toHaveValue("4");
  await panel.getByRole("button", { name: "Put all back" }).click();
  await expect(panel.getByText("Open: 0 of 6 issues that block.")).toBeVisible();
});

test("a threshold is moved and the zone answers", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "values");
  const panel = page.getByRole("region", { name: "What if thresholds were other" });
  const sliders = panel.getByRole("slider");
  await sliders.nth(0).fill("0.4");
  await sliders.nth(1).fill("0.4");
  await expect(panel.getByRole("heading", { name: "Is there a zone of agreement?" })).toBeVisible();
  const low = await panel.locator("dl").textContent();
  await sliders.nth(0).fill("0.95");
  await sliders.nth(1).fill("0.95");
  await expect(panel.locator("dl")).not.toHaveText(String(low));
  // While somebody drags, few draws; when the hand rests, more.
  await expect(panel.locator("dl")).toContainText("of 5000 draws");
  await panel.getByRole("button", { name: "Back to the case" }).click();
  await expect(page).not.toHaveURL(/threshold/);
});

test("plans are chosen and compared", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "plans");
  const panel = page.getByRole("region", { name: "Plans to compare" });
  const all = await page.locator(".document").textContent();
  await panel.getByRole("checkbox").nth(0).check();
  await panel.getByRole("checkbox").nth(1).check();
  await expect(panel.getByText("2 plans chosen")).toBeVisible();
  await ready(page);
  await expect(page.locator(".document")).not.toHaveText(String(all));
  await page.reload();
  await expect(panel.getByText("2 plans chosen")).toBeVisible();
});

test("a figure is saved, copied as a sentence, enlarged and read as a table", async ({ page, flagship, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, flagship);
  const figure = page.locator("#figure-now");
  for (const [form, begins] of [
    ["SVG", "<svg"],
    ["PNG", "\x89PNG"],
    ["CSV", ""],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      figure.getByRole("link", { name: form }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    expect(bytes.length).toBeGreaterThan(200);
    expect(bytes.subarray(0, begins.length).toString("latin1")).toBe(begins);
  }
  await figure.getByRole("button", { name: "Copy as sentence" }).click();
  await expect(figure.getByText("Copied.")).toBeVisible();
  const title = await figure.locator("figcaption strong").textContent();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(String(title));
  await figure.getByRole("button", { name: "Enlarge" }).click();
  await expect(page.getByRole("dialog").locator("svg")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await figure.locator("summary").click();
  await expect(figure.getByRole("table")).toBeVisible();
});

test("a page is handed over as Word, HTML and Markdown", async ({ page, flagship }) => {
  await open(page, flagship);
  for (const [form, begins] of [
    ["Word", "PK"],
    ["HTML", "<!doctype html>"],
    ["Markdown", "#"],
  ] as const) {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("group", { name: "Save this page" }).getByRole("link", { name: form, exact: true }).click(),
    ]);
    const bytes = readFileSync(await download.path());
    expect(bytes.subarray(0, begins.length).toString("latin1")).toBe(begins);
  }
});

test("a table is sorted by a column and back", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "sources");
  const table = page.locator("#section-sources table");
  const first = table.locator("tbody tr").first();
  const before = await first.textContent();
  const heading = table.getByRole("columnheader").last();
  await heading.getByRole("button").click();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  const counts = await table.locator("tbody tr td:last-child").allTextContents();
  const most = counts.map((text) => Number.parseInt(text, 10));
  expect(most).toEqual([...most].sort((a, b) => b - a));
  await heading.getByRole("button").click();
  await expect(first).toHaveText(String(before));
});

test("the words are there in three languages, and documents stay in English", async ({ page, flagship }) => {
  await open(page, flagship);
  const chooser = page.locator("header select");
  await chooser.selectOption("uk");
  await expect(page.locator("html")).toHaveAttribute("lang", "uk");
  await expect(page.getByRole("link", { name: "Що перешкоджає" })).toBeVisible();
  await expect(page.locator("main [lang=en]").first()).toBeAttached();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Зараз");
  await chooser.selectOption("ru");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Сейчас");
});

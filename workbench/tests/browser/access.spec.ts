// For everybody: no serious finding of axe on any page, everything by keyboard, narrow and wide.

import type { Page } from "@playwright/test";

import { examine } from "./axe";
import { expect, go, open, PAGES, ready, Served, test } from "./workbench";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious on any page: ${colorScheme}`, async ({ page, flagship }) => {
    test.setTimeout(300_000);
    await page.emulateMedia({ colorScheme });
    await open(page, flagship);
    // In the dark only colours differ, and five pages have all of them.
    for (const name of colorScheme === "light" ? PAGES : (["now", "plans", "blocks", "values", "check"] as const)) {
      await go(page, flagship, name);
      await test.step(name, () => examine(page));
    }
  });
}

test("axe finds nothing serious in the statement, with limits lifted, steps moved, and back in time", async ({
  page,
  flagship,
}) => {
  await open(page, flagship);
  await page.locator("main button.row:visible").first().click();
  await expect(page.getByRole("dialog").locator(".citation")).toBeVisible();
  await examine(page);
  await page.keyboard.press("Escape");
  await go(page, flagship, "blocks?at=2025-06-30&known=2025-12-31");
  const group = page.locator("details.lever details").first();
  await group.locator("summary").click();
  await group.getByRole("switch").first().check();
  const stairs = page.getByRole("region", { name: "What if the sides moved" }).locator("details details").first();
  await stairs.locator("summary").click();
  await stairs.getByRole("slider").first().fill("1");
  await examine(page);
});

const UNCODED = `actor,issue,date,words,link
Russia,Ceasefire,2025-06-02,"Two ways to a ceasefire: withdrawal from four regions, or a package",https://example.org/a
Ukraine,Ceasefire,2025-06-03,Full and unconditional ceasefire before negotiations,https://example.org/b
Ukraine,Prisoners,2025-06-03,Обмін «всіх на всіх»,https://example.org/d
`;

/** Every state of the pages that change the files, one after another. */
async function editing(page: Page, served: Served, look: (name: string) => Promise<void>): Promise<void> {
  await open(page, served);
  await go(page, served, "table");
  await look("table");
  await page.getByRole("button", { name: "Change the row at line 2" }).click();
  await look("form of a row");
  await page.keyboard.press("Escape");
  await go(page, served, "coding?issue=ceasefire");
  for (const button of await page.getByRole("button", { name: /Make an option/ }).all()) await button.click();
  await look("scale");
  await page.getByRole("button", { name: "Save the scale" }).click();
  await expect(page.locator(".desk h2")).toHaveText("Statement 1 of 2");
  await page.keyboard.press("1");
  await page.keyboard.press("Shift+Digit2");
  await look("desk");
  await page.keyboard.press("r");
  await page.keyboard.press("1");
  await page.keyboard.press("Enter");
  await expect(page.locator(".desk h2")).toHaveText("Statement 2 of 2");
  await go(page, served, "coding");
  await page.locator("input[type=file]").setInputFiles({
    name: "names.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("actor,issue,date,words\nNGA,Ceasefire,2025-06-02,A ceasefire\n"),
  });
  await expect(page.locator("article", { hasText: "NGA" })).toBeVisible();
  await page.getByLabel("Name of the second coder").fill("Anna");
  await look("list of issues and a spreadsheet");
  await page.getByRole("button", { name: "Begin, or go on" }).click();
  await expect(page.getByText("Second coder: Anna.")).toBeVisible();
  await look("sheet of a second coder");
  await go(page, served, "coding?second=coding-anna.csv&issue=ceasefire");
  await look("desk of a second coder");
  await go(page, served, "coding?second=coding-anna.csv&agreement=yes");
  await expect(page.locator("main footer")).toBeVisible();
  await look("agreement");
}

for (const [width, colorScheme] of [
  [1280, "light"],
  [360, "dark"],
  [1920, "light"],
] as const) {
  test(`the pages that change files are for everybody: ${width} pixels, ${colorScheme}`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const served = await Served.begun(UNCODED);
    try {
      await editing(page, served, async (name) => {
        await test.step(name, () => examine(page));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, name).toBeLessThanOrEqual(0);
      });
    } finally {
      served.stop();
    }
  });
}

test("everything is reached by keyboard", async ({ page, flagship }) => {
  await open(page, flagship);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.getByRole("navigation").getByRole("link", { name: "History" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("History");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await ready(page);
  const row = page.locator("main button.row:visible").first();
  await row.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  // The focus stays in the dialog however often it goes on.
  for (let step = 0; step < 25; step++) {
    await page.keyboard.press("Tab");
    const outside = await page.evaluate(() => {
      const active = document.activeElement;
      return active !== null && active !== document.body && active.closest("dialog") === null;
    });
    expect(outside).toBe(false);
  }
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();
});

for (const width of [360, 768, 1920]) {
  test(`nothing is cut off at ${width} pixels`, async ({ page, flagship }) => {
    test.setTimeout(300_000);
    await page.setViewportSize({ width, height: 900 });
    await open(page, flagship);
    for (const name of PAGES) {
      await go(page, flagship, name);
      // What is folded counts too.
      await page.locator("details.lever").evaluateAll((all: HTMLDetailsElement[]) => {
        for (const lever of all) lever.open = true;
      });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(over, name).toBeLessThanOrEqual(0);
      await expect(page.locator("header .level"), name).toBeInViewport();
    }
  });
}

test("on a narrow screen the document comes first, and what can be tried out is unfolded", async ({
  page,
  flagship,
}) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await open(page, flagship);
  await go(page, flagship, "blocks");
  await expect(page.getByRole("heading", { name: "In short" })).toBeInViewport();
  const lever = page.locator("details.lever").first();
  await expect(lever).not.toHaveAttribute("open");
  await lever.locator("summary").first().click();
  await expect(lever.getByRole("row", { name: /Issues that block/ })).toBeVisible();
});

test("nothing moves by itself", async ({ page, flagship }) => {
  await open(page, flagship);
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || style.transitionDuration !== "0s";
      }).length,
  );
  expect(moving).toBe(0);
});

test("on paper stands the document alone, with every row id and the annex", async ({ page, flagship }) => {
  await open(page, flagship);
  await go(page, flagship, "blocks");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("header.top")).toBeHidden();
  await expect(page.getByRole("navigation")).toBeHidden();
  await expect(page.locator("details.lever").first()).toBeHidden();
  await expect(page.locator(".printed").first()).toBeVisible();
  expect((await page.pdf()).subarray(0, 4).toString()).toBe("%PDF");
});

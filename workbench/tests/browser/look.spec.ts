// How pages look, against pictures of before. They are compared at a quarter of their size: at that size letters are grey
// lines and the hints of a font vanish, while blocks of text, boxes and figures are where they are. Another font altogether
// wraps its lines elsewhere, which is no fault: without the font of the pictures nothing is compared.
// After a change that is meant: npx playwright test look --update-snapshots
//
// With SHOTS=1 the same pages are written at full size as the pictures of the README.

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, go, open, ROOT, test, type Served } from "./workbench";

/** The share of points that may differ: the same page has none, a list of pages that falls below the page has 3 to 7 %. */
const ALLOWED = 0.02;
const FONT = "Noto Sans";
const MOST_BYTES = 200_000;

interface View {
  /** Of the picture for the README. */
  size: { width: number; height: number };
  show: (page: Page, served: Served) => Promise<void>;
}

const VIEWS: Record<string, View> = {
  now: { size: { width: 1280, height: 860 }, show: (page, served) => go(page, served, "now") },
  plans: {
    size: { width: 1360, height: 620 },
    show: async (page, served) => {
      await go(page, served, "plans?package=istanbul-communique-2022");
      await page
        .locator("figure")
        .first()
        .evaluate((figure) => figure.scrollIntoView());
    },
  },
  blocks: {
    size: { width: 1360, height: 640 },
    show: async (page, served) => {
      await go(page, served, "blocks");
      const lever = page.getByRole("region", { name: "What if limits were lifted" });
      await lever.getByRole("switch", { name: /^Lift all of Ukraine/ }).check();
      await expect(lever.locator("s")).toHaveCount(6);
      await page.locator("aside").evaluate((aside) => aside.scrollTo(0, 0));
    },
  },
  statement: {
    size: { width: 1280, height: 800 },
    show: async (page, served) => {
      await go(page, served, "now");
      const mark = page.locator("#figure-now svg .mark", { hasText: /asks for .*\bp181c\b/ });
      await mark.dispatchEvent("click");
      await expect(page.getByRole("dialog").locator("blockquote")).toBeVisible();
      await expect(page.getByRole("dialog").locator(".citation")).toBeVisible();
    },
  },
};

/** Whether a font is there: without it the text is as wide as in the one that stands in. */
const hasFont = (page: Page, font: string): Promise<boolean> =>
  page.evaluate((font) => {
    const pen = document.createElement("canvas").getContext("2d");
    const width = (family: string): number => {
      if (pen) pen.font = `100px ${family}`;
      return pen?.measureText("Détente, wide and illicit").width ?? 0;
    };
    return width(`"${font}", monospace`) !== width("monospace");
  }, font);

test.describe("small", () => {
  test.use({ deviceScaleFactor: 0.25, viewport: { width: 1440, height: 900 } });

  for (const [name, { show }] of Object.entries(VIEWS)) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`${name} looks as it did: ${colorScheme}`, async ({ page, flagship }) => {
        await page.emulateMedia({ colorScheme });
        await open(page, flagship);
        test.skip(!(await hasFont(page, FONT)), `this machine has no ${FONT}`);
        await show(page, flagship);
        await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
          scale: "device",
          maxDiffPixelRatio: ALLOWED,
          threshold: 0.2,
        });
      });
    }
  }
});

for (const [name, { size, show }] of Object.entries(VIEWS)) {
  test(`the picture of ${name} for the README`, async ({ page, flagship }) => {
    test.skip(!process.env.SHOTS, "only when asked: SHOTS=1");
    await page.setViewportSize(size);
    await open(page, flagship);
    await show(page, flagship);
    const folder = join(ROOT, "docs/workbench");
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    expect(statSync(path).size, path).toBeLessThanOrEqual(MOST_BYTES);
  });
}

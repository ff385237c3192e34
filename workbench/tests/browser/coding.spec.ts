// The coding desk: scales from words, codes by key, a second coder who sees nothing of the first, a case from a spreadsheet.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Page } from "@playwright/test";

import { expect, go, open, program, Served, test as base } from "./workbench";

const WORDS = `actor,issue,date,words,link
Russia,Ceasefire,2025-06-02,"Two ways to a ceasefire: withdrawal from four regions, or a package",https://example.org/a
Ukraine,Ceasefire,2025-06-03,Full and unconditional ceasefire before negotiations,https://example.org/b
China,Ceasefire,2023-02-24,Gradual de-escalation towards a comprehensive ceasefire,https://example.org/c
Ukraine,Prisoners,2025-06-03,Обмін «всіх на всіх»,https://example.org/d
Russia,Prisoners,2025-06-04,Exchange of the severely wounded first,https://example.org/e
`;

const SCALE = `issue,title,option,order,label
ceasefire,Ceasefire,c1,1,Before negotiations
ceasefire,Ceasefire,c2,2,Step by step
ceasefire,Ceasefire,c3,3,After withdrawal
`;

const test = base.extend<{ served: Served }>({
  served: async ({}, use) => {
    const served = await Served.begun(WORDS);
    await use(served);
    served.stop();
  },
});

/** A case whose issue Ceasefire has a scale. */
async function scaled(page: Page, served: Served): Promise<void> {
  served.write("issues.csv", SCALE);
  await open(page, served);
  await expect(async () => {
    await go(page, served, "coding");
    await expect(page.getByRole("link", { name: "Code: Ceasefire" })).toBeVisible({ timeout: 500 });
  }).toPass();
}

const options = (page: Page) => page.getByRole("textbox", { name: /^Option \d+$/ });

/** The heading of the statement that is read. */
const statement = (page: Page) => page.locator(".desk h2").first();

const labels = (page: Page): Promise<string[]> =>
  options(page).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));

test("a scale is built from words: taken, typed, dragged, moved by keys, and saved in one step", async ({
  page,
  served,
}) => {
  await open(page, served);
  await page.getByRole("navigation").getByRole("link", { name: "Coding" }).click();
  await expect(page.getByText("5 of 5 statements carry no code.")).toBeVisible();
  await expect(
    page
      .getByRole("row", { name: /Ceasefire/ })
      .getByRole("cell")
      .nth(1),
  ).toHaveText("3");
  await page.getByRole("link", { name: "Make a scale: Ceasefire" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ceasefire");
  const save = page.getByRole("button", { name: "Save the scale" });
  await expect(save).toBeDisabled();
  await expect(page.getByText("A scale has at least two options.")).toBeVisible();

  // All words of a card, marked words of a card, and words of one's own.
  const cards = page.getByRole("listitem").filter({ has: page.getByRole("button", { name: /Make an option/ }) });
  await expect(cards).toHaveCount(3);
  await cards.nth(0).getByRole("button").click();
  await cards
    .nth(1)
    .locator(".words")
    .evaluate((element) => {
      const text = element.firstChild as Text;
      getSelection()?.setBaseAndExtent(text, text.data.indexOf("withdrawal"), text, text.data.indexOf(","));
    });
  await cards.nth(1).getByRole("button").click();
  await page.getByRole("textbox", { name: "A new option in your own words" }).fill("No ceasefire");
  await page.keyboard.press("Enter");
  expect(await labels(page)).toEqual([
    "Gradual de-escalation towards a comprehensive ceasefire",
    "withdrawal from four regions",
    "No ceasefire",
  ]);

  // A card is dragged to a place in the list, an option to another place.
  await cards
    .nth(2)
    .locator(".head")
    .dragTo(page.locator("li.option").nth(0), { targetPosition: { x: 60, y: 4 } });
  await expect(options(page)).toHaveCount(4);
  expect((await labels(page))[0]).toBe("Full and unconditional ceasefire before negotiations");
  await page
    .locator("li.option")
    .nth(3)
    .locator(".grip")
    .dragTo(page.locator("li.option").nth(0), { targetPosition: { x: 60, y: 4 } });
  expect((await labels(page))[0]).toBe("No ceasefire");

  // By keyboard: Alt and arrows in the field, and buttons; the focus goes with the option.
  await options(page).nth(0).focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press("Alt+ArrowDown");
  await expect(options(page).nth(3)).toBeFocused();
  await expect(options(page).nth(3)).toHaveValue("No ceasefire");
  await expect(page.getByText("Now option 4 of 4.")).toBeVisible();
  await page.getByRole("button", { name: "Move option 2 down" }).press("Enter");
  await expect(options(page).nth(2)).toHaveValue("Gradual de-escalation towards a comprehensive ceasefire");
  await page.getByRole("button", { name: "Remove option 4" }).click();
  await page.getByLabel("Group of issues").fill("security");

  // Who looks at another page comes back to what was made.
  await page.getByRole("navigation").getByRole("link", { name: "Check" }).click();
  await page.goBack();
  await expect(options(page)).toHaveCount(3);
  await save.click();
  await expect(page.getByRole("heading", { name: "Statement 1 of 3" })).toBeVisible();
  expect(served.read("issues.csv")).toBe(
    [
      "issue,title,group,option,order,label",
      "ceasefire,Ceasefire,security,c1,1,Full and unconditional ceasefire before negotiations",
      "ceasefire,Ceasefire,security,c2,2,withdrawal from four regions",
      "ceasefire,Ceasefire,security,c3,3,Gradual de-escalation towards a comprehensive ceasefire",
      "",
    ].join("\n"),
  );
  await page.getByRole("button", { name: "Undo the last change" }).click();
  await expect(page.getByText("The last change in issues.csv was taken back.")).toBeVisible();
  expect(existsSync(join(served.folder, "issues.csv"))).toBe(false);
  await expect(page.getByRole("heading", { name: "Options in their order" })).toBeVisible();
});

test("a scale that somebody else saved meanwhile is not overwritten, and what was made stays", async ({
  page,
  served,
}) => {
  await open(page, served);
  await go(page, served, "coding?issue=ceasefire");
  for (const words of ["One end", "The other end"]) {
    await page.getByRole("textbox", { name: "A new option in your own words" }).fill(words);
    await page.keyboard.press("Enter");
  }
  served.write("issues.csv", SCALE);
  await expect(page.getByText("The case changed on disk.")).toBeVisible();
  await page.getByRole("button", { name: "Save the scale" }).click();
  await expect(page.getByText("Somebody saved a scale for this issue meanwhile.")).toBeVisible();
  expect(await labels(page)).toEqual(["One end", "The other end"]);
  expect(served.read("issues.csv")).toBe(SCALE);
});

test("statements are coded by key, one after another, and stand in the file", async ({ page, served }) => {
  await scaled(page, served);
  await page.getByRole("link", { name: "Code: Ceasefire" }).click();
  const title = statement(page);
  await expect(title).toHaveText("Statement 1 of 3");
  await expect(page.locator(".desk .words")).toHaveText("Gradual de-escalation towards a comprehensive ceasefire");
  await expect(page.getByRole("link", { name: /Open the source/ })).toHaveAttribute("href", "https://example.org/c");
  // Keys work at once.
  await expect(title).toBeFocused();
  await page.getByLabel("Who codes").fill("Ben");
  const option = (name: string) => page.getByRole("button", { name });
  await title.focus();

  await page.keyboard.press("Enter");
  await expect(page.getByText("Choose an option, or say why")).toBeVisible();
  // An offer that asks for the second, in a range to the third.
  await page.keyboard.press("e");
  await expect(option("Offer")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("2");
  await page.keyboard.press("Shift+Digit3");
  await expect(option("Step by step")).toContainText("asked for");
  await expect(option("After withdrawal")).toContainText("in the range");
  await page.keyboard.press("Enter");
  await expect(title).toHaveText("Statement 2 of 3");
  await expect(title).toBeFocused();
  await expect(page.getByText("Saved. 2 to code")).toBeVisible();

  // A red line: keys rule out.
  await page.keyboard.press("r");
  await page.keyboard.press("1");
  await expect(option("Before negotiations")).toContainText("ruled out");
  await page.keyboard.press("Enter");
  await expect(title).toHaveText("Statement 3 of 3");

  // Back to the one before, with its codes; on again, and set aside with a reason.
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(title).toHaveText("Statement 2 of 3");
  await expect(option("Before negotiations")).toContainText("ruled out");
  await page.keyboard.press("Enter");
  await expect(title).toHaveText("Statement 3 of 3");
  await page.getByLabel("Cannot be coded, because").fill("too vague");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Every statement on this issue is coded or set aside.")).toBeVisible();

  // What is all coded can be read again, one by one.
  await page.getByRole("button", { name: "Go through them again" }).click();
  await expect(title).toHaveText("Statement 1 of 3");
  await expect(option("Step by step")).toContainText("asked for");
  await page.keyboard.press("Enter");
  await expect(title).toHaveText("Statement 2 of 3");
  // One's own changes are no news.
  await page.waitForTimeout(500);
  await expect(page.getByText("The case changed on disk.")).toHaveCount(0);

  const rows = served.read("positions.csv").split("\n");
  const columns = (rows[0] ?? "").split(",");
  const of = (actor: string) => {
    const cells = (rows.find((row) => row.startsWith(`${actor},ceasefire`)) ?? "").replace(/"[^"]*"/g, "").split(",");
    return Object.fromEntries(columns.map((name, index) => [name, cells[index]]));
  };
  expect(of("China")).toMatchObject({
    kind: "offer",
    low_option: "c2",
    best_option: "c2",
    high_option: "c3",
    coder: "Ben",
  });
  expect(of("Russia")).toMatchObject({ kind: "red_line", best_option: "", rules_out: "c1" });
  expect(of("Ukraine")).toMatchObject({ kind: "", uncoded_reason: "too vague" });
  await go(page, served, "coding");
  await expect(
    page
      .getByRole("row", { name: /Ceasefire/ })
      .getByRole("cell")
      .nth(2),
  ).toHaveText("1");
  await expect(page.getByRole("link", { name: "Read again: Ceasefire" })).toBeVisible();
});

test("keys work with a Cyrillic layout, and letters that are typed in a field stay letters", async ({
  page,
  served,
}) => {
  await scaled(page, served);
  await go(page, served, "coding?issue=ceasefire");
  await statement(page).focus();
  await page.evaluate(() =>
    document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "й", code: "KeyQ", bubbles: true })),
  );
  await expect(page.getByRole("button", { name: "Demand" })).toHaveAttribute("aria-pressed", "true");
  await page.getByLabel("Note").pressSequentially("we 12");
  await expect(page.getByLabel("Note")).toHaveValue("we 12");
  await expect(page.getByRole("button", { name: "Demand" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.locator(".option[aria-pressed=true]")).toHaveCount(0);
});

test("a statement that changed on disk meanwhile keeps what was chosen, and shows both", async ({
  page,
  served,
  quiet,
}) => {
  quiet.push("409", "422");
  await scaled(page, served);
  await go(page, served, "coding?issue=ceasefire");
  await page.getByRole("button", { name: "Step by step" }).click();
  const theirs = served.read("positions.csv").replace("Gradual de-escalation", "Slow de-escalation");
  served.write("positions.csv", theirs);
  await expect(page.getByText("The case changed on disk.")).toBeVisible();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("What you wrote is still here.")).toBeVisible();
  await expect(page.getByRole("row", { name: /best_option/ })).toContainText("c2");
  expect(served.read("positions.csv")).toBe(theirs);
  await expect(page.getByRole("button", { name: "Step by step" })).toContainText("asked for");
  await page.getByRole("button", { name: "Save my changes over it" }).click();
  await expect(page.getByRole("heading", { name: "Statement 2 of 3" })).toBeVisible();
  expect(served.read("positions.csv")).toMatch(/^China.*Slow de-escalation.*c2/m);
});

test("a code that the case refuses stays on the page with what mends it", async ({ page, served, quiet }) => {
  quiet.push("422");
  await scaled(page, served);
  await go(page, served, "coding?issue=ceasefire");
  const before = served.read("positions.csv");
  await page.getByRole("button", { name: "Demand" }).click();
  await page.getByRole("radio", { name: "ruled out" }).check();
  await page.getByRole("button", { name: "Step by step" }).click();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("set kind to red_line")).toBeVisible();
  expect(served.read("positions.csv")).toBe(before);
  await page.getByRole("button", { name: "Red line" }).click();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
});

test("a second coder sees nothing of the first, and the two are compared", async ({ page, served }) => {
  await scaled(page, served);
  await go(page, served, "coding?issue=ceasefire");
  await page.getByLabel("Who codes").fill("Firstperson");
  await page.getByLabel("Note").fill("a telling note");
  for (const key of ["q", "2"]) await statement(page).press(key);
  await statement(page).press("Enter");
  await expect(page.getByText("Saved. 2 to code")).toBeVisible();

  await go(page, served, "coding");
  await page.getByLabel("Name of the second coder").fill("Anna");
  await page.getByRole("button", { name: "Begin, or go on" }).click();
  await expect(page.getByText("Second coder: Anna.")).toBeVisible();
  await page.getByRole("link", { name: "Code: Ceasefire" }).click();
  const title = statement(page);
  await expect(title).toHaveText("Statement 1 of 3");
  await expect(page.locator(".desk .words")).toContainText("Gradual de-escalation");
  await expect(page.getByLabel("Who codes")).toHaveValue("Anna");
  // The first coded this very statement: no mark, no name, no note, no way to its row.
  await expect(page.locator("[aria-pressed=true]")).toHaveCount(0);
  await expect(page.locator("body")).not.toContainText("Firstperson");
  expect(await page.content()).not.toContain("a telling note");
  await expect(page.locator("main button.row")).toHaveCount(0);
  // Undoing would reach the codes of the first.
  await expect(page.getByRole("button", { name: "Undo the last change" })).toHaveCount(0);
  await title.focus();
  for (const key of ["q", "1", "Enter"]) await page.keyboard.press(key);
  await expect(title).toHaveText("Statement 2 of 3");
  for (const key of ["q", "3", "Enter"]) await page.keyboard.press(key);
  await expect(title).toHaveText("Statement 3 of 3");
  const sheet = served.read("coding-anna.csv");
  expect(sheet).toMatch(/Gradual.*,ceasefire,demand,c1,c1,c1,,,,Anna$/m);
  expect(served.read("positions.csv")).not.toContain("Anna");

  await go(page, served, "coding");
  await expect(page.getByText("2 of 5 coded")).toBeVisible();
  await page.getByRole("link", { name: "Compare Anna with the record" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two codings compared");
  await expect(page.locator(".document")).toContainText("Second: coding-anna.csv.");
  await expect(page.locator(".document table").first()).toBeVisible();
});

test("a spreadsheet dropped on the page is looked at, corrected, and becomes the open case", async ({
  page,
  served,
}) => {
  await open(page, served);
  await go(page, served, "coding");
  const sheet = [
    "Notes of a press office;;;;",
    "Хто;Тема;Дата;Слова;Ще слова",
    "Україна;Полонені;30.09.2024;Обмін «всіх на всіх»;All for all",
    "Росія;Полонені;01.10.2024;Спершу поранені;The wounded first",
    "",
  ].join("\n");
  const dropped = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "interviews.csv", { type: "text/csv" }));
    return data;
  }, sheet);
  await page.dispatchEvent("main", "dragover", { dataTransfer: dropped });
  await expect(page.getByText("Drop the spreadsheet")).toBeVisible();
  await page.dispatchEvent("main", "drop", { dataTransfer: dropped });
  await expect(page.getByRole("heading", { name: "How “interviews.csv” is read" })).toBeVisible();
  await expect(page.getByLabel("Row with the headings")).toHaveValue("2");
  await expect(page.getByLabel("The words")).toHaveValue("Слова");
  await page.getByLabel("The words").selectOption("Ще слова");
  await expect(page.getByText("column Ще слова is read as words")).toBeVisible();
  await page.getByLabel("Name of the folder").fill("Press notes");
  await page.getByRole("button", { name: "Make the case and open it" }).click();
  await expect(page.getByText("The case is in the folder “Press notes” and is open now.")).toBeVisible();
  await expect(page.getByText("2 of 2 statements carry no code.")).toBeVisible();
  await expect(page.getByRole("link", { name: /Make a scale: Полонені/ })).toBeVisible();
  const made = readFileSync(join(served.folder, "../Press notes/positions.csv"), "utf8");
  expect(made).toContain("All for all");
  expect(made).toContain("Обмін «всіх на всіх»");
});

test("a workbook that was exported from a case is that case again", async ({ page, served }) => {
  const workbook = join(served.folder, "../camp-david.xlsx");
  execFileSync(program(), ["export", "camp-david-1978", "--to", workbook], { stdio: "ignore" });
  await open(page, served);
  await go(page, served, "coding");
  await page.locator("input[type=file]").setInputFiles(workbook);
  await expect(page.getByText("This workbook is a case that was exported before.")).toBeVisible();
  await page.getByRole("button", { name: "Make the case and open it" }).click();
  await expect(page.getByText("The case is in the folder “camp-david” and is open now.")).toBeVisible();
  await expect(page.locator("header .title")).toContainText("Egypt–Israel");
  expect(existsSync(join(served.folder, "../camp-david/positions.csv"))).toBe(true);
});

test("a spreadsheet that leaves something open says what and where, and nothing is made", async ({
  page,
  served,
  quiet,
}) => {
  quiet.push("422", "409");
  await open(page, served);
  await go(page, served, "coding");
  const choose = async (name: string, text: string) =>
    page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose("letter.docx", "x");
  await expect(page.getByText("Only .xlsx and .csv can be read here.")).toBeVisible();
  await choose("broken.xlsx", "PK\u0003\u0004 this is no workbook");
  await expect(page.getByRole("alert").first()).toContainText("Nothing was made");
  await expect(page.getByRole("button", { name: "Make the case and open it" })).toBeDisabled();

  await choose("names.csv", "actor,issue,date,words\nNGA,Ceasefire,2025-06-02,A ceasefire\n");
  const finding = page.locator("article", { hasText: "NGA" });
  await expect(finding).toContainText("can be read in 2 ways");
  await expect(finding).toContainText("names.csv, line 2, column 1");
  await expect(finding.locator("pre")).toContainText("NGA,Ceasefire,2025-06-02");
  await expect(page.getByRole("button", { name: "Make the case and open it" })).toBeDisabled();

  // Day and month: the file alone does not say which comes first.
  await choose("dates.csv", "actor,issue,date,words\nRussia,Ceasefire,03/04/2025,A ceasefire\n");
  await expect(page.locator("article").first()).toBeVisible();
  await page.getByLabel("Order of day and month").selectOption("dmy");
  await expect(page.locator("article")).toHaveCount(0);
  // A folder that is there already is not touched.
  await page.getByLabel("Name of the folder").fill("case");
  await page.getByRole("button", { name: "Make the case and open it" }).click();
  await expect(page.getByText("Nothing was made: give another name.")).toBeVisible();
  await page.getByRole("button", { name: "Do nothing" }).click();
  await expect(page.getByRole("heading", { name: /How “/ })).toHaveCount(0);
  await expect(page.locator("header .title")).toHaveText("words");
});

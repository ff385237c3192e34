import { expect, test } from "@playwright/test";

import { en } from "../../src/lib/words/en";
import { ru } from "../../src/lib/words/ru";
import { uk } from "../../src/lib/words/uk";

/** Every text of a catalogue by its path; those that are made from numbers and names with some. */
function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") {
    const made = [1, 2, 5, 21, 1000].map((n) => String(Reflect.apply(value, null, [n, n + 1, n + 2])));
    return made.map((text, index) => [`${path}(${index})`, text]);
  }
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

/** Names that are the same in every language. */
const NAMES = ["document.word", "document.html", "document.markdown"];

for (const [language, words] of Object.entries({ en, uk, ru })) {
  test(`no text is empty or left with a gap: ${language}`, () => {
    for (const [path, text] of texts(words)) {
      expect(text.trim(), path).not.toBe("");
      expect(text, path).not.toMatch(/#|undefined|NaN|\[object/);
    }
  });
}

for (const [language, words] of Object.entries({ uk, ru })) {
  test(`everything is translated: ${language}`, () => {
    expect(texts(words).map(([path]) => path)).toEqual(texts(en).map(([path]) => path));
    for (const [path, text] of texts(words)) {
      if (!NAMES.includes(path) && /[A-Za-z]{3}/.test(text)) expect(text, path).toMatch(/[а-яіїєґё]/i);
    }
  });
}

test("numbers take the form of the word that they need", () => {
  expect([1, 3, 5, 21, 11].map((n) => uk.statement.openAll(n))).toEqual([
    "1 рядок",
    "3 рядки",
    "5 рядків",
    "21 рядок",
    "11 рядків",
  ]);
  expect([1, 4, 12, 101].map((n) => ru.whatIf.statements(n))).toEqual([
    "1 заявление",
    "4 заявления",
    "12 заявлений",
    "101 заявление",
  ]);
  expect([1, 2].map((n) => en.check.summary(n, n, 0))).toEqual([
    "1 error, 1 warning, 0 notes",
    "2 errors, 2 warnings, 0 notes",
  ]);
});

test("results are options, not orders", () => {
  for (const [path, text] of texts(en)) expect(text, path).not.toMatch(/\b(should|must|optimal|best)\b/i);
});

// Which language the fixed words are in. Documents stay in English.

import { en, type Words } from "./en";
import { ru } from "./ru";
import { uk } from "./uk";

export const catalogues = { en, uk, ru } satisfies Record<string, Words>;

export type Language = keyof typeof catalogues;

export const languages = Object.keys(catalogues) as Language[];

const KEY = "language";

const isLanguage = (text: string | null | undefined): text is Language => languages.some((known) => known === text);

/** What the browser keeps until the window is closed; it may keep nothing for a page that is shown inside another. */
function kept(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    sessionStorage.setItem(KEY, language);
  } catch {
    // The choice then lasts as long as the page.
  }
}

function first(): Language {
  const asked = [kept(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return asked.find(isLanguage) ?? "en";
}

let chosen = $state<Language>(first());

export const language = {
  get now(): Language {
    return chosen;
  },
  choose(next: Language): void {
    chosen = next;
    keep(next);
  },
};

/** The words of the chosen language. */
export const words = (): Words => catalogues[chosen];

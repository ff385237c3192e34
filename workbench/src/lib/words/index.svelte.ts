// Which language the fixed words are in. Documents stay in English.

import { en, type Words } from "./en";
import { ru } from "./ru";
import { uk } from "./uk";

export const catalogues = { en, uk, ru } satisfies Record<string, Words>;

export type Language = keyof typeof catalogues;

export const languages = Object.keys(catalogues) as Language[];

const KEY = "language";

const isLanguage = (text: string | null | undefined): text is Language => languages.some((known) => known === text);

function first(): Language {
  const kept = sessionStorage.getItem(KEY);
  const asked = [kept, ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  return asked.find(isLanguage) ?? "en";
}

let chosen = $state<Language>(first());

export const language = {
  get now(): Language {
    return chosen;
  },
  choose(next: Language): void {
    chosen = next;
    sessionStorage.setItem(KEY, next);
  },
};

/** The words of the chosen language. */
export const words = (): Words => catalogues[chosen];

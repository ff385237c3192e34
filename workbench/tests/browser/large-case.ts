// A case of 2,000 statements, made from numbers: the same each time. Two sides, twenty issues, eight years.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const STATEMENTS = 2000;
const ISSUES = 20;
const OPTIONS = 6;
const SOURCES = 400;
const EVENTS = 400;
const PLANS = 12;
/** Issues on which the limits of both sides leave nothing. */
export const BLOCKED = 6;

const SIDES = ["North", "South"] as const;
const WORDS = "border river road harbour customs police courts schools pensions water power grain mines archives".split(
  " ",
);

/** Numbers from 0 to 1 that look drawn and are the same each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const two = (number: number): string => String(number).padStart(2, "0");
const issueId = (issue: number): string => `issue_${two(issue + 1)}`;
const option = (issue: number, place: number): string => `o${two(issue + 1)}_${place + 1}`;
const day = (at: number): string => new Date(Date.UTC(2018, 0, 1) + at * 86_400_000).toISOString().slice(0, 10);
const DAYS = 8 * 365;

const csv = (columns: string, rows: (string | number)[][]): string =>
  [columns, ...rows.map((cells) => cells.map((cell) => (/[",]/.test(String(cell)) ? `"${cell}"` : cell)).join(","))]
    .join("\n")
    .concat("\n");

export function writeLargeCase(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const next = numbers(20_260_623);
  const below = (most: number): number => Math.floor(next() * most);
  const words = (count: number): string =>
    Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(" and ");
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

  write(
    "case.toml",
    `schema = 1\ntitle = "A large case"\nas_of = ${day(DAYS)}\nstarts = ${day(0)}\nprincipals = ["North", "South"]\n`,
  );
  write(
    "actors.csv",
    csv("id,name,kind,role", [
      ...SIDES.map((side) => [side, side, "organisation", "principal"]),
      ...["First Mediator", "Second Mediator"].map((name) => [name, name, "organisation", "mediator"]),
    ]),
  );
  const issues = Array.from({ length: ISSUES }, (_, issue) => issue);
  write(
    "issues.csv",
    csv(
      "issue,title,group,option,order,place,label",
      issues.flatMap((issue) =>
        Array.from({ length: OPTIONS }, (_, place) => [
          issueId(issue),
          `Issue ${issue + 1}: ${WORDS[issue % WORDS.length] ?? ""}`,
          `group_${(issue % 5) + 1}`,
          option(issue, place),
          place + 1,
          place * 20,
          `Option ${place + 1} of ${OPTIONS}, with ${WORDS[(issue + place) % WORDS.length] ?? ""}`,
        ]),
      ),
    ),
  );
  const statements = Array.from({ length: STATEMENTS }, (_, index) => {
    const issue = below(ISSUES);
    const side = below(2);
    const said = day(Math.floor((index / STATEMENTS) * DAYS));
    // Each side asks from its own end of the scale and, on some issues, rules the other half out.
    const red = next() < 0.1;
    const blocked = issue < BLOCKED;
    const place = side === 0 ? below(3) : OPTIONS - 1 - below(3);
    const asked = red ? "" : option(issue, place);
    const half = side === 0 ? [3, 4, 5] : blocked ? [0, 1, 2] : [0];
    const out = red ? half.map((one) => option(issue, one)).join(";") : "";
    return [
      `p${String(index + 1).padStart(4, "0")}`,
      SIDES[side] ?? "",
      issueId(issue),
      red ? "red_line" : "demand",
      asked,
      asked,
      asked,
      out,
      said,
      said,
      `Statement ${index + 1}: ${red ? "rules out" : "asks for"} terms on ${words(4)}`,
      "party_text",
      `source-${below(SOURCES) + 1}`,
      "B2",
      "yes",
    ];
  });
  const columns =
    "id,actor,issue,kind,low_option,best_option,high_option,rules_out,valid_from,known_from,statement,basis,source_id,grade,verified";
  write("positions.csv", csv(columns, statements));
  write(
    "events.csv",
    csv(
      "id,date,type,title,level,parties,mediators,topics,direction,source_id,verified",
      Array.from({ length: EVENTS }, (_, index) => [
        `e${String(index + 1).padStart(3, "0")}`,
        day(Math.floor((index / EVENTS) * DAYS)),
        next() < 0.7 ? "talks" : "breakdown",
        `Meeting ${index + 1} on ${words(2)}`,
        "delegations",
        "North;South",
        "First Mediator",
        issueId(below(ISSUES)),
        "neutral",
        `source-${below(SOURCES) + 1}`,
        "yes",
      ]),
    ),
  );
  write(
    "packages.csv",
    csv(
      "package,title,issue,option,clause,date",
      Array.from({ length: PLANS }, (_, plan) =>
        issues
          .filter(() => next() < 0.6)
          .map((issue) => {
            const taken = option(issue, below(OPTIONS));
            return [`plan-${plan + 1}`, `Plan ${plan + 1}`, issueId(issue), taken, words(3), day((plan + 1) * 220)];
          }),
      ).flat(),
    ),
  );
  const sources = Array.from({ length: SOURCES }, (_, index) => ({
    id: `source-${index + 1}`,
    type: "webpage",
    title: `Report ${index + 1} on ${words(2)}`,
    URL: `https://example.org/${index + 1}`,
  }));
  write("sources.json", JSON.stringify(sources, null, 1));
}

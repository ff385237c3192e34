// A case served by the real program, and a page that has been let in. Every test ends with the question whether the page
// complained or asked anybody else.

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { test as base, expect, type Page } from "@playwright/test";

export const ROOT = resolve(import.meta.dirname, "../../..");

/** The program: `DETENTE_BIN`, or what cargo built last. */
export function program(): string {
  const target = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
  const places = [process.env.DETENTE_BIN, join(target, "release/detente"), join(target, "debug/detente")];
  const found = places.find((place) => place !== undefined && existsSync(place));
  if (!found) throw new Error("Build the program first: cargo build -p detente. Or name it in DETENTE_BIN.");
  return found;
}

/**
 * With `FRESH=1` the bundle as it was built last stands in for the one inside the program, with the headers of the
 * program: for work on the pages, without building the program each time.
 */
async function freshen(page: Page): Promise<void> {
  for (const [path, file] of [
    ["/", "index.html"],
    ["/app.js", "app.js"],
    ["/app.css", "app.css"],
    ["/favicon.svg", "favicon.svg"],
  ] as const) {
    await page.route(
      (url) => url.pathname === path && url.search === "",
      async (route) => {
        const response = await route.fetch();
        const body = response.ok() ? readFileSync(join(ROOT, "crates/web/assets", file)) : await response.body();
        await route.fulfill({ response, body });
      },
    );
  }
}

/** A folder of its own for a case. */
const place = (): string => join(mkdtempSync(join(tmpdir(), "detente-")), "case");

/** A running server of a copy of a case. */
export class Served {
  private constructor(
    /** The copy: tests may change its files. */
    readonly folder: string,
    /** The address with its token, as the program prints it. */
    readonly address: string,
    private readonly process: ChildProcess,
  ) {}

  static async of(name: string, options: string[] = [], prepare?: (folder: string) => void): Promise<Served> {
    const copied = (folder: string) => {
      cpSync(join(ROOT, "cases", name), folder, { recursive: true });
      prepare?.(folder);
    };
    return Served.made(copied, options);
  }

  /** A case with uncoded statements, begun from a table with the columns actor, issue, date, words, link; to be changed. */
  static async begun(table: string): Promise<Served> {
    const begin = (folder: string) => {
      const file = join(folder, "../words.csv");
      writeFileSync(file, table);
      execFileSync(program(), ["new", folder, "--from", file], { stdio: "ignore" });
    };
    return Served.made(begin, ["--edit"]);
  }

  /** A case that a test writes itself. */
  static async made(write: (folder: string) => void, options: string[] = []): Promise<Served> {
    const folder = place();
    write(folder);
    // Few draws: what is tested is that pages come, not how narrow their intervals are.
    const draws = options.includes("--draws") ? [] : ["--draws", "50"];
    const child = spawn(program(), ["serve", folder, "--no-open", ...draws, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said: string[] = [];
    const address = await new Promise<string>((found, failed) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface(stream).on("line", (line) => {
          said.push(line);
          const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line);
          if (address) found(address[0]);
        });
      }
      child.on("exit", () => failed(new Error(`The server ended:\n${said.join("\n")}`)));
    });
    return new Served(folder, address, child);
  }

  get origin(): string {
    return new URL(this.address).origin;
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  stop(): void {
    this.process.kill("SIGINT");
    rmSync(resolve(this.folder, ".."), { recursive: true, force: true });
  }
}

export const test = base.extend<{ quiet: string[] }, { flagship: Served }>({
  flagship: [
    async ({}, use) => {
      const served = await Served.of("russia-ukraine");
      await use(served);
      served.stop();
    },
    { scope: "worker" },
  ],
  // What the browser complains of; a test that provokes a refusal says which complaints it expects.
  quiet: [
    async ({ page }, use) => {
      const expected: string[] = [];
      if (process.env.FRESH) await freshen(page);
      const complaints: string[] = [];
      const elsewhere: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          complaints.push(`${message.text()} ${message.location().url}`);
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("request", (request) => {
        const { protocol, hostname } = new URL(request.url());
        if (protocol === "file:" && request.isNavigationRequest()) return;
        if (protocol !== "data:" && protocol !== "blob:" && hostname !== "127.0.0.1") elsewhere.push(request.url());
      });
      await use(expected);
      expect(elsewhere).toEqual([]);
      expect(complaints.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the workbench by the address that the program printed. */
export async function open(page: Page, served: Served): Promise<void> {
  await page.goto(served.address);
  // What the address leads on to is not replaced; what is asked for by itself is.
  if (process.env.FRESH) await page.reload();
  await expect(page.locator("h1")).toBeVisible();
  await ready(page);
}

/** Goes to a page by its address. */
export async function go(page: Page, served: Served, hash: string): Promise<void> {
  await page.goto(`${served.origin}/#/${hash}`);
  await ready(page);
}

/** Waits until what was asked for is drawn. */
export async function ready(page: Page): Promise<void> {
  await expect(page.locator("main footer, main .summary, main .search, main .coding").first()).toBeVisible({
    timeout: 50_000,
  });
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 50_000 });
}

export const PAGES = [
  "now",
  "history",
  "plans",
  "common",
  "blocks",
  "values",
  "stability",
  "forecast",
  "scenarios",
  "claims",
  "ripeness",
  "sources",
  "check",
] as const;

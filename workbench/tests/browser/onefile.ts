// A case as one file, made by the real program and opened from disk.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";

import type { Page } from "@playwright/test";

import type { Held } from "../../src/lib/api/embedded";
import { expect, program, ROOT } from "./workbench";

const BLOCK = /(<script type="application\/octet-stream" id="embedded">)([^<]*)(<\/script>)/;

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** With `FRESH=1` the bundle as it was built last stands in for the one that the program wrote, and its hashes too. */
function freshen(html: string): string {
  let fresh = html;
  for (const [file, element] of [
    ["app.js", /(<script type="module">)([^]*?)(<\/script>)/],
    ["app.css", /(<style>)([^]*?)(<\/style>)/],
  ] as const) {
    const text = readFileSync(join(ROOT, "crates/web/assets", file), "utf8");
    const before = element.exec(fresh)?.[2];
    if (before === undefined) throw new Error(`The page has no ${file}.`);
    fresh = fresh
      .replace(element, (_, open: string, __, close: string) => open + text + close)
      .replace(hash(before), hash(text));
  }
  return fresh;
}

/** A page in one file. */
export class OneFile {
  private constructor(readonly path: string) {}

  static of(name: string): OneFile {
    const path = join(mkdtempSync(join(tmpdir(), "detente-")), "page.html");
    execFileSync(program(), ["export", join(ROOT, "cases", name), "--to", path], { stdio: "pipe" });
    if (process.env.FRESH) writeFileSync(path, freshen(readFileSync(path, "utf8")));
    return new OneFile(path);
  }

  get html(): string {
    return readFileSync(this.path, "utf8");
  }

  /** What is inside. */
  get held(): Held {
    const packed = BLOCK.exec(this.html)?.[2] ?? "";
    return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8")) as Held;
  }

  /** The same page with something else inside. */
  with(held: (held: Held) => Held): OneFile {
    return this.mended((html) => {
      const packed = gzipSync(JSON.stringify(held(this.held))).toString("base64");
      return html.replace(BLOCK, (_, open: string, __, close: string) => open + packed + close);
    });
  }

  mended(change: (html: string) => string): OneFile {
    const path = join(mkdtempSync(join(tmpdir(), "detente-")), "page.html");
    writeFileSync(path, change(this.html));
    return new OneFile(path);
  }

  address(hash: string): string {
    return `${pathToFileURL(this.path).href}#/${hash}`;
  }
}

/** Notes every question that the page asks: nothing but the file itself is. */
export function listen(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!request.isNavigationRequest() && !/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  return asked;
}

export async function drawn(page: Page): Promise<void> {
  await expect(page.locator("main footer, main .summary").first()).toBeVisible();
}

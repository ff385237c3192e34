import { defineConfig } from "@playwright/test";

// Unit tests of what needs no browser, and the workbench in the distribution's Chromium against the real program.
export default defineConfig({
  testDir: "tests",
  fullyParallel: false,
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/browser/look/{arg}{ext}",
  use: {
    locale: "en-GB",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
    },
  },
  projects: [
    { name: "unit", testMatch: "unit/*.spec.ts" },
    { name: "browser", testMatch: "browser/*.spec.ts" },
  ],
});

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The bundle travels inside the program: four files with fixed names and nothing that depends on the machine.
// For work on the pages, `DETENTE=http://127.0.0.1:PORT npm run dev` passes questions on to a running `detente serve`.
const server = process.env.DETENTE;

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../crates/web/assets",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        entryFileNames: "app.js",
        assetFileNames: "app[extname]",
        codeSplitting: false,
      },
    },
  },
  server: {
    host: "127.0.0.1",
    ...(server ? { proxy: { "/api": { target: server, changeOrigin: true } } } : {}),
  },
});

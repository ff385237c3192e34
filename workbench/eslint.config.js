import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";

import svelteConfig from "./svelte.config.js";

export default ts.config(
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      // What a document says is text and nothing else.
      "svelte/no-at-html-tags": "error",
      // A space in braces survives the formatter; a plain one at the end of a line does not.
      "svelte/no-useless-mustaches": "off",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { ignores: ["node_modules/", "test-results/"] },
);

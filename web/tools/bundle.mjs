// Bundles the package's entry points, each complete in one file, and puts the module beside them.

import { copyFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const web = fileURLToPath(new URL("..", import.meta.url));

await build({
  absWorkingDir: web,
  entryPoints: ["src/index.ts", "src/counterfoil-form.ts"],
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  // Read in Node only, where a module's file is opened rather than fetched.
  external: ["node:*"],
  legalComments: "none",
  logLevel: "warning",
});
await copyFile(`${web}/pkg/counterfoil_bg.wasm`, `${web}/dist/counterfoil.wasm`);

// Bundles the package's entry points, each complete in one file but for those of frameworks, which stand on the
// first, and puts the module beside them; then the service worker, which names all of them by their hashes.

import { createHash } from "node:crypto";
import { copyFile, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const web = fileURLToPath(new URL("..", import.meta.url));

const dist = `${web}dist`;
const ENTRIES = ["index", "counterfoil-form", "counterfoil-device", "counterfoil-pages"];
const FRAMEWORKS = ["react", "vue"];
/** What a page with the element runs, and the worker keeps as one. */
const KEPT = ["counterfoil-form.js", "counterfoil-device.js", "counterfoil.wasm"];

const options = {
  absWorkingDir: web,
  outdir: "dist",
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};

await build({
  ...options,
  entryPoints: ENTRIES.map((name) => `src/${name}.ts`),
  format: "esm",
  // The first is read in Node only, where a module's file is opened rather than fetched. The second is
  // loaded when the first page stands.
  external: ["node:*", "./counterfoil-device.js"],
});
await build({
  ...options,
  entryPoints: FRAMEWORKS.map((name) => `src/${name}.ts`),
  format: "esm",
  // A session belongs to the module in which its form is.
  external: ["./index.js", ...FRAMEWORKS],
});
await copyFile(`${web}/pkg/counterfoil_bg.wasm`, `${dist}/counterfoil.wasm`);

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");
const hashes = await Promise.all(
  KEPT.map(async (file) => [file, `sha256-${sha256(await readFile(`${dist}/${file}`))}`]),
);
const FILES = JSON.stringify(Object.fromEntries(hashes));
// Fewer browsers run workers that are modules.
const workerOptions = { ...options, entryNames: "[name]", format: "iife" };
await build({ ...workerOptions, entryPoints: ["src/worker/counterfoil-pages-worker.ts"] });
const worker = (version, write) =>
  build({
    ...workerOptions,
    entryPoints: ["src/worker/counterfoil-worker.ts"],
    define: { FILES, VERSION: JSON.stringify(version) },
    write,
  });
// A version is all that is kept together with the worker that keeps it.
const [{ contents }] = (await worker("", false)).outputFiles;
await worker(createHash("sha256").update(contents).digest("hex").slice(0, 16), true);

// The npm package as it is published: packed, and looked at by publint and by "are the types wrong".

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { root, temporaryFolder } from "../support.mjs";

describe("the npm package", () => {
  const folder = temporaryFolder({ after });
  let archive, files;
  before(() => {
    const args = ["pack", "--workspace=web", "--pack-destination", folder, "--json", "--ignore-scripts"];
    const packed = run("npm", args);
    const listing = JSON.parse(packed);
    files = (Array.isArray(listing) ? listing[0] : Object.values(listing)[0]).files.map(({ path }) => path);
    archive = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")));
  });

  test("publint finds nothing", () => {
    const said = run(process.execPath, [join(root, "node_modules/publint/src/cli.js"), "run", archive, "--strict"]);
    assert.match(said, /All good!/);
  });

  test("the types are not wrong", () => {
    // Only ES modules are published, and what pages load by its address is nobody's import.
    const files = ["./counterfoil-worker.js", "./counterfoil.wasm", "./counterfoil.css", "./integrity.json"];
    const options = ["--profile", "esm-only", "--format", "json", "--exclude-entrypoints", ...files];
    const said = run(process.execPath, [join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"), archive, ...options]);
    const { analysis } = JSON.parse(said);
    assert.deepEqual(Object.keys(analysis.entrypoints).sort(), [
      ".",
      "./element",
      "./react",
      "./vue",
    ]);
  });

  test("holds what its entries name, and nothing compressed", () => {
    const { exports } = JSON.parse(readFileSync(join(root, "web/package.json"), "utf8"));
    const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
    for (const path of named) assert.ok(files.includes(path.slice(2)), `${path} is packed`);
    assert.deepEqual(files.filter((path) => /\.(br|gz|ts)$/.test(path) && !path.endsWith(".d.ts")), []);
  });

  test("tells the hashes of its scripts, style sheet and module", () => {
    const dist = join(root, "web/dist");
    const hashes = JSON.parse(readFileSync(join(dist, "integrity.json"), "utf8"));
    const loaded = readdirSync(dist).filter((name) => /\.(css|js|wasm)$/.test(name)).sort();
    assert.deepEqual(Object.keys(hashes), loaded);
    for (const [name, hash] of Object.entries(hashes)) {
      const own = createHash("sha384").update(readFileSync(join(dist, name))).digest("base64");
      assert.equal(hash, `sha384-${own}`, name);
    }
  });
});

/** Runs a program and returns what it printed; fails where it reports failure. */
function run(program, args) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (error) throw error;
  assert.equal(status, 0, `${program} ${args[0]}:\n${stdout}${stderr}`);
  return stdout;
}

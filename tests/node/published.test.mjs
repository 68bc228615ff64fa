// Plans that were published once give in Wasm too the reports that they gave then, byte for byte.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { root } from "../support.mjs";

const folder = join(root, "tests/parity/published");

await load();

for (const name of readdirSync(folder).filter((name) => !name.includes("."))) {
  test(`${name} gives what it gave`, () => {
    const form = new Form(readFileSync(join(folder, name, "plan.json"), "utf8"));
    const lines = readFileSync(join(folder, name, "cases.ndjson"), "utf8").trim().split("\n");
    for (const line of lines) {
      const { answers, context } = JSON.parse(line);
      const report = form.evaluate(JSON.stringify(answers), JSON.stringify(context));
      assert.ok(line.endsWith(`"report":${report}}`), line);
    }
  });
}

// Plans that were published once give in Wasm too the reports that they gave then, byte for byte.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { root } from "../support.mjs";

const committed = join(root, "tests/semantics/committed");
const folders = readdirSync(committed).flatMap((semantics) =>
  readdirSync(join(committed, semantics)).map((form) => join(semantics, form)),
);

await load();

for (const name of folders) {
  test(`${name} gives what it gave`, () => {
    const form = new Form(readFileSync(join(committed, name, "plan.json"), "utf8"));
    const lines = readFileSync(join(committed, name, "cases.ndjson"), "utf8").trim().split("\n");
    for (const line of lines) {
      const { answers, context } = JSON.parse(line);
      const report = form.evaluate(JSON.stringify(answers), JSON.stringify(context));
      assert.ok(line.endsWith(`"report":${report}}`), line);
    }
  });
}

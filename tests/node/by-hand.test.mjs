// The JavaScript that the engine is measured against gives the published results.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { line } from "../../benches/permit.mjs";
import { root } from "../support.mjs";

test("the program written by hand gives the published results", () => {
  const file = join(root, "tests/conformance/building-permit/vectors.ndjson");
  const lines = readFileSync(file, "utf8").trim().split("\n");
  for (const text of lines) {
    const [, submission, result] = /^\{"in":(.*),"out":(.*)\}$/.exec(text);
    assert.equal(line(submission), result, submission);
  }
  assert.equal(lines.length, 200);
});

// The JavaScript that the engine is measured against gives what it should: no one may be timed that does not.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { report } from "../../benches/permit-report.mjs";
import { line } from "../../benches/permit.mjs";
import { planOf, root } from "../support.mjs";

const file = join(root, "tests/conformance/building-permit/vectors.ndjson");
const cases = readFileSync(file, "utf8")
  .trim()
  .split("\n")
  .map((text) => /^\{"in":(.*),"out":(.*)\}$/.exec(text).slice(1));

test("the program written by hand gives the published results", () => {
  for (const [submission, result] of cases) assert.equal(line(submission), result, submission);
  assert.equal(cases.length, 200);
});

await load();
const form = new Form(planOf("building-permit"));
const DAY = "2026-06-01";
const context = JSON.stringify({ as_of: DAY });

function assertEqual(submission) {
  assert.equal(report(submission, form.planId, DAY), form.evaluate(submission, context), submission);
}

test("the report written by hand is the engine's to the byte", () => {
  for (const [submission] of cases) assertEqual(submission);
  assert.equal(cases.length, 200);
});

test("it is so with any answer left out", () => {
  for (const [submission] of cases) {
    const answers = JSON.parse(submission);
    for (const key of Object.keys(answers)) {
      assertEqual(JSON.stringify({ ...answers, [key]: undefined }));
    }
  }
});

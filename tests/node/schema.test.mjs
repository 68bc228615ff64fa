// The JSON Schema of a form's answers, read by another implementation than the one that the crates'
// tests use: it refuses nothing that the engine keeps of complete answers, and where conditions read
// booleans and choices alone it is exact.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import { Form, load } from "counterfoil";

import { counterfoil, formIds, planOf, root, temporaryFolder } from "../support.mjs";
import { answersTo, variants } from "./support.mjs";

const CONTEXT = JSON.stringify({ as_of: "2026-06-01" });

await load();

/** The check of answers that a form's schema says. */
function validator(form) {
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: false });
  addFormats(ajv);
  return ajv.compile(JSON.parse(counterfoil(["schema", form])));
}

for (const id of formIds()) {
  test(`${id}: what a complete report keeps of the answers is accepted`, () => {
    const validate = validator(join("forms", id));
    const form = new Form(planOf(id));
    let complete = 0;
    for (const [index, answers] of answersTo(id).entries()) {
      for (const variant of variants(answers, index)) {
        const report = JSON.parse(form.evaluate(variant, CONTEXT) ?? "null");
        if (report?.status !== "complete") continue;
        complete += 1;
        assert.ok(validate(report.answers), JSON.stringify([validate.errors, report.answers]));
      }
    }
    assert.ok(complete > 0);
  });
}

/** Every combination of some answers, where `undefined` is no answer. */
function* combinations([[key, values], ...rest]) {
  for (const value of values) {
    const answers = value === undefined ? {} : { [key]: value };
    if (rest.length === 0) yield answers;
    else for (const others of combinations(rest)) yield { ...answers, ...others };
  }
}

test("conditions over booleans and choices are exact", (t) => {
  const folder = join(temporaryFolder(t), "conditions");
  mkdirSync(folder);
  copyFileSync(
    join(root, "crates/compiler/tests/schema/conditions.form.yaml"),
    join(folder, "form.yaml"),
  );
  const validate = validator(folder);
  const form = new Form(counterfoil(["build", folder, "--output", "-"]));
  const boolean = [undefined, true, false];
  const records = [[], [{ kind: "child" }], [{ kind: "adult" }], [{ kind: "adult", drives: true }]];
  const questions = {
    resident: boolean,
    vehicle: [undefined, "car", "bicycle", "tractor"],
    permit: [undefined, "day", "year"],
    taxed_abroad: boolean,
    days: [undefined, ["weekdays"], ["weekend"]],
    quiet: boolean,
    others: [undefined, ...records],
  };
  let taken = 0;
  for (const answers of combinations(Object.entries(questions))) {
    const report = JSON.parse(form.evaluate(JSON.stringify(answers), CONTEXT));
    const takes = report.status === "complete" && report.ignored.length === 0;
    assert.equal(validate(answers), takes, JSON.stringify(answers));
    taken += Number(takes);
  }
  assert.ok(taken > 30, String(taken));
});

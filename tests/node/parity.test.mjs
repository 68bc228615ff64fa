// The module and the command give the same reports, to the byte, for right answers and for wrong ones.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { counterfoil, formIds, planOf, temporaryFolder } from "../support.mjs";
import { answersTo, sha256, variants } from "./support.mjs";

const AS_OF = "2026-06-01";

await load();

/** Reports of the module; what it refuses is `null`. */
function inWasm(plan, cases) {
  const form = new Form(plan);
  const context = JSON.stringify({ as_of: AS_OF });
  return cases.map((answers) => form.evaluate(answers, context));
}

/** Hashes of the command's reports. */
function natively(plan, cases, folder) {
  const planFile = join(folder, "plan.json");
  const casesFile = join(folder, "cases.ndjson");
  writeFileSync(planFile, plan);
  writeFileSync(casesFile, cases.map((answers) => `{"as_of":"${AS_OF}","answers":${answers}}\n`).join(""));
  // It ends with 1 where answers are wrong, as many of these are.
  return counterfoil(["verify", planFile, casesFile, "--format", "json"], { status: [0, 1] })
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter((line) => line.summary === undefined)
    .map((line) => line.report_sha256);
}

/** Positions at which a report does not have the hash of the other side's. */
function differing(reports, hashes) {
  assert.equal(reports.length, hashes.length);
  return reports.flatMap((report, index) => (sha256(report) === hashes[index] ? [] : [index]));
}

for (const id of formIds()) {
  test(`${id}: both sides give the same reports`, (t) => {
    const plan = planOf(id);
    const cases = answersTo(id).flatMap((answers, index) => [...variants(answers, index)]);
    const reports = inWasm(plan, cases);
    const hashes = natively(plan, cases, temporaryFolder(t));
    assert.deepEqual(
      differing(reports, hashes).map((index) => cases[index]),
      [],
    );

    // The comparison would see a single byte of a single report.
    const last = reports.length - 1;
    const altered = reports.with(last, reports[last].replace('"status":"', '"status":"_'));
    assert.deepEqual(differing(altered, hashes), [last]);
  });

  test(`${id}: the command prints the module's very bytes`, (t) => {
    const plan = planOf(id);
    const [answers] = answersTo(id).map((answers) => JSON.stringify(answers));
    const file = join(temporaryFolder(t), "plan.json");
    writeFileSync(file, plan);
    const printed = counterfoil(["eval", file, "-", "--as-of", AS_OF, "--format", "json"], {
      input: answers,
      status: [0, 1],
    });
    const [report] = inWasm(plan, [answers]);
    assert.equal(printed.trimEnd(), report);
  });
}

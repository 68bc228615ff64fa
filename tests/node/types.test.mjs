// TypeScript's view of forms: what `counterfoil types` writes, held against what the engine returns, and
// the contract's own types. Every file is checked at once by one run of the compiler.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { counterfoil, formIds, planOf, root } from "../support.mjs";

// Inside the workspace, so that the package is found as a reader's project finds it.
const folder = join(root, "target/types");

/** Runs TypeScript's compiler over files of the folder and returns what it says. */
function compile(files) {
  const options = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
  const target = ["--noEmit", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, ...options, ...target, "--types", "node", ...files], {
    cwd: folder,
    encoding: "utf8",
  });
  if (run.error) throw run.error;
  return run.stdout;
}

/** The answers of a form's example, and none. */
function* answersTo(form) {
  yield "{}";
  yield readFileSync(join(root, "forms", form, "example.json"), "utf8");
}

/** A program that uses a form's types with what the engine returns, and wrongly where it is marked. */
function sample(name, form) {
  const literal = (value) => JSON.stringify(value, null, 1);
  const lines = [
    'import type { Answers, Report, State, Words } from "counterfoil";',
    `import type * as F from "./${name}.js";`,
    "",
    "// @ts-expect-error: no question of the form",
    "export const unknown: F.Answers = { no_such_question: true };",
    "// @ts-expect-error: no fact of the form",
    "export const fact: F.Facts = { no_such_fact: true };",
    "// @ts-expect-error: no decision of the form",
    'export const decision: F.DecisionId = "no_such_decision";',
    "// @ts-expect-error: no line of the form",
    'export const fee: F.FeeId | F.EntitlementId = "no_such_line";',
    "// @ts-expect-error: no place of the form",
    'export const place: F.Path = "no_such_question";',
    "export const taken = (answers: F.Answers): Answers => answers;",
  ];
  for (const [index, answers] of [...answersTo(name)].entries()) {
    const text = form.evaluate(answers, JSON.stringify({ as_of: "2026-06-01" }));
    const report = JSON.parse(text);
    const decisions = report.decisions.map(({ decision }) => decision);
    const rules = report.decisions.map(({ decision, rules }) => [decision, rules.map(({ rule }) => rule)]);
    const lines_ = (account) => (account?.lines ?? []).map(({ id }) => id);
    lines.push(
      `export const given${index}: F.Answers = ${answers.trim()};`,
      `export const report${index}: Report = ${literal(report)};`,
      `export const words${index}: Words = ${literal(form.words("en", text))};`,
      `export const normalised${index}: F.Answers = ${literal(report.answers)};`,
      `export const values${index}: F.Values = ${literal(report.values)};`,
      `export const paths${index}: F.Path[] = ${literal([...report.missing, ...report.ignored])};`,
      `export const decisions${index}: F.DecisionId[] = ${literal(decisions)};`,
      `export const rules${index}: { [D in F.DecisionId]?: F.Rules[D][] } = ${literal(Object.fromEntries(rules))};`,
      `export const fees${index}: F.FeeId[] = ${literal(lines_(report.fees))};`,
      `export const entitlements${index}: F.EntitlementId[] = ${literal(lines_(report.entitlements))};`,
    );
  }
  return `${lines.join("\n")}\n`;
}

test("the types of every form hold what the engine takes and returns, and no more", async () => {
  await load();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  const files = [];
  for (const name of formIds()) {
    counterfoil(["types", join("forms", name), "--output", join(folder, `${name}.ts`)]);
    writeFileSync(join(folder, `${name}.sample.ts`), sample(name, new Form(planOf(name))));
    files.push(`${name}.sample.ts`);
  }
  assert.equal(compile(files), "");
});

test("wrong uses of a form's types are mistakes, at their own lines", () => {
  mkdirSync(folder, { recursive: true });
  const types = counterfoil(["types", "forms/street-party"]);
  assert.equal(types, counterfoil(["types", "forms/street-party", "--output", "-"]));
  writeFileSync(join(folder, "party.ts"), types);
  const uses = [
    'import type { Answers, Path, Rules } from "./party.js";',
    'export const right: Answers = { organiser: "charity", streets: [{ name: "Mill Lane", metres: "60.5" }] };',
    'export const option: Answers = { organiser: "company" };',
    'export const day: Answers = { event_date: "tomorrow" };',
    "export const count: Answers = { stalls: \"three\" };",
    'export const record: Answers = { streets: [{ nmae: "Mill Lane" }] };',
    "export const list: Answers = { streets: { name: \"Mill Lane\" } };",
    'export const inside: Path = "streets[0].metres";',
    'export const outside: Path = "streets.metres";',
    'export const rule: Rules["closure"] = "long_enough";',
  ];
  writeFileSync(join(folder, "wrong.ts"), `${uses.join("\n")}\n`);
  const lines = [...compile(["wrong.ts"]).matchAll(/^wrong\.ts\((\d+),/gm)].map(([, line]) => Number(line));
  assert.deepEqual(lines, [3, 4, 5, 6, 7, 9, 10]);
});

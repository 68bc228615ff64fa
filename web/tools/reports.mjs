// Evaluates cases with the module, in Node: `node reports.mjs PLAN.json < CASES.ndjson`.
//
// A line read is `{"as_of": "2026-01-31", "answers": {…}, "facts": {…}}`; facts are optional, and
// answers may be a text that holds the object, where every digit must arrive as it was written. A
// line written is the report, to the byte as the engine gives it, or `{"refused": "…"}`.

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

import { Form, load } from "../dist/index.js";

const [planFile] = process.argv.slice(2);
if (planFile === undefined) {
  console.error("give the plan's file: node reports.mjs PLAN.json < CASES.ndjson");
  process.exit(2);
}

await load();
const form = new Form(await readFile(planFile, "utf8"));

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() !== "") process.stdout.write(`${evaluate(line)}\n`);
}

function evaluate(line) {
  const { as_of, facts, answers } = JSON.parse(line);
  const text = typeof answers === "string" ? answers : JSON.stringify(answers);
  const context = JSON.stringify(facts === undefined ? { as_of } : { as_of, facts });
  try {
    return form.evaluate(text, context);
  } catch (error) {
    return JSON.stringify({ refused: error.message });
  }
}

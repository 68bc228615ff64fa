// Evaluates answers with the Wasm build, under Node.js.
//
//   node reports.mjs reports PLAN.json ANSWERS.ndjson AS_OF   prints one report a line
//   node reports.mjs time PLAN.json ANSWERS.ndjson AS_OF      prints the mean µs of an evaluation
//
// It decides nothing and compares nothing; the Rust side of the replay does.

import { readFileSync } from "node:fs";

import { Form, initSync } from "../../web/pkg/counterfoil.js";

const ROUNDS = 50;

const [task, planFile, answersFile, asOf] = process.argv.slice(2);
const module = new URL("../../web/pkg/counterfoil_bg.wasm", import.meta.url);
initSync({ module: readFileSync(module) });

const form = new Form(readFileSync(planFile, "utf8"));
const answers = readFileSync(answersFile, "utf8").split("\n");
const context = JSON.stringify({ as_of: asOf });

if (task === "reports") {
  for (const line of answers) {
    console.log(form.evaluate(line, context));
  }
} else if (task === "time") {
  const round = () => {
    for (const line of answers) {
      form.evaluate(line, context);
    }
  };
  round();
  const start = process.hrtime.bigint();
  for (let i = 0; i < ROUNDS; i += 1) {
    round();
  }
  const nanoseconds = process.hrtime.bigint() - start;
  console.log(String(nanoseconds / BigInt(1000 * ROUNDS * answers.length)));
} else {
  throw new Error(`unknown task: ${task}`);
}

// Evaluates answers with the Wasm build, under Node.js.
//
//   node reports.mjs reports PLAN.json ANSWERS.ndjson CONTEXTS.ndjson   prints one report a line
//   node reports.mjs time PLAN.json ANSWERS.ndjson CONTEXTS.ndjson      prints the mean µs of an evaluation
//
// It decides nothing and compares nothing; the Rust side of the replay does.

import { readFileSync } from "node:fs";

import { Form, initSync } from "../../web/pkg/counterfoil.js";

const ROUNDS = 50;

const [task, planFile, answersFile, contextsFile] = process.argv.slice(2);
const module = new URL("../../web/pkg/counterfoil_bg.wasm", import.meta.url);
initSync({ module: readFileSync(module) });

const form = new Form(readFileSync(planFile, "utf8"));
const lines = (file) => readFileSync(file, "utf8").split("\n");
const answers = lines(answersFile);
const contexts = lines(contextsFile);

if (task === "reports") {
  answers.forEach((line, index) => console.log(form.evaluate(line, contexts[index])));
} else if (task === "time") {
  const round = () => {
    answers.forEach((line, index) => form.evaluate(line, contexts[index]));
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

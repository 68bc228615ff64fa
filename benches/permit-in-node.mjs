// The building permit in Node.js: the engine as WebAssembly beside plain JavaScript, both ways of crossing
// the boundary. Only ratios of one run mean something. To run it:
//
//     cargo xtask assets
//     cargo run -p counterfoil-cli -- build forms/building-permit -o target/building-permit.plan.json
//     node benches/permit-in-node.mjs
//
// A plan that stands elsewhere is named by an argument, as seen from the repository.

import { existsSync, readFileSync } from "node:fs";

import { Form, load } from "counterfoil";

import { report } from "./permit-report.mjs";
import { evaluate, line } from "./permit.mjs";

// Rounds before those that are timed, in which both are compiled to fast code, and those.
const WARM_UP = 30;
const ROUNDS = 15;
const root = new URL("../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

const file = process.argv[2] ?? "target/building-permit.plan.json";
if (!existsSync(new URL(file, root))) {
  console.error(
    `There is no plan ${file}. Make it with: counterfoil build forms/building-permit -o ${file}`,
  );
  process.exit(2);
}

await load();
const plan = read(file);
const submissions = read("tests/conformance/building-permit/vectors.ndjson")
  .trim()
  .split("\n")
  .map((text) => JSON.stringify(JSON.parse(text).in));
const objects = submissions.map((text) => JSON.parse(text));
const DAY = "2026-06-01";
const context = JSON.stringify({ as_of: DAY });
const form = new Form(plan);

const ways = {
  "JavaScript, text to short line": () => submissions.forEach((text) => line(text)),
  "JavaScript, text to whole report": () =>
    submissions.forEach((text) => report(text, form.planId, DAY)),
  "JavaScript, object to result": () => objects.forEach((object) => evaluate(object)),
  "Wasm, text to report": () => submissions.forEach((text) => form.evaluate(text, context)),
  "Wasm, object to object": () =>
    objects.forEach((object) => form.evaluateObject(object, { as_of: DAY })),
  "Wasm, load the plan": () => new Form(plan).free(),
};

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
for (const [name, run] of Object.entries(ways)) {
  for (let round = 0; round < WARM_UP; round += 1) run();
  const count = name.includes("load") ? 1 : submissions.length;
  const times = Array.from({ length: ROUNDS }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1000 / count;
  });
  const spread = [Math.min(...times), Math.max(...times)].map((time) => time.toFixed(1));
  console.log(`${name}: ${median(times).toFixed(1)} µs (${spread.join("–")})`);
}

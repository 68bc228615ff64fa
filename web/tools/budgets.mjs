// What a citizen downloads, and what it may come to: `node budgets.mjs PLAN.json`, the plan being the
// building permit's. Fails where something is larger than its budget. A goal is where the budget is to
// go; nothing may grow in the meantime.

import { readFileSync } from "node:fs";

import { compressed } from "./compress.mjs";

const [planPath] = process.argv.slice(2);
const file = (path) => readFileSync(new URL(`../../${path}`, import.meta.url));

/** The plan as it would be sent in its first language: what evaluation needs, sources, one set of texts. */
function inOneLanguage(text) {
  const { manifest, parts } = JSON.parse(text);
  const [language] = parts.rules.languages;
  const names = ["rules", "sources", `texts/${language}`];
  const kept = Object.fromEntries(names.map((name) => [name, parts[name]]));
  return Buffer.from(JSON.stringify({ manifest, parts: kept }));
}

const measured = (name, bytes, limits = {}) => {
  const { gz, br } = compressed(bytes);
  return { name, raw: bytes.length, gzip: gz.length, brotli: br.length, ...limits };
};

const page = [
  measured("Wasm", file("web/dist/counterfoil.wasm"), { budget: 234_500, goal: 120_000 }),
  measured("JavaScript", file("web/dist/counterfoil-form.js")),
  measured("CSS", file("web/dist/counterfoil.css")),
];
const sum = (key) => page.reduce((total, part) => total + part[key], 0);
const rows = [
  ...page,
  {
    name: "page in all",
    raw: sum("raw"),
    gzip: sum("gzip"),
    brotli: sum("brotli"),
    budget: 250_500,
    goal: 180_000,
  },
  // Loaded when the first page stands.
  measured("sending and keeping", file("web/dist/counterfoil-device.js"), { budget: 5_000 }),
  measured("office's pages", file("web/dist/counterfoil-pages.js"), { budget: 1_500 }),
  measured("service worker", file("web/dist/counterfoil-worker.js"), { budget: 2_500 }),
  measured("permit's plan, one language", inOneLanguage(readFileSync(planPath, "utf8")), {
    budget: 15_000,
    goal: 15_000,
  }),
];

const columns = ["name", "raw", "gzip", "brotli", "budget", "goal"];
const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? "")))];
const widths = columns.map((_, index) => Math.max(...cells.map((row) => row[index].length)));
for (const row of cells) {
  const padded = row.map((cell, index) =>
    index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]),
  );
  console.log(padded.join("  "));
}
for (const { name, brotli, budget } of rows) {
  if (brotli > budget) {
    console.error(`${name} comes to ${brotli} B with Brotli; its budget is ${budget} B`);
    process.exitCode = 1;
  }
}

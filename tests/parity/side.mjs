// One side of the comparison: the module in Node.js or in Chromium.
//
//   node side.mjs node|chromium
//
// Each line of the input is a request, each line of the output its answer, all in JSON:
//   {"plan": "…"}                                takes a published plan; null
//   {"cases": [["answers", "context"], …]}       the SHA-256 of what they come to
//   {"cases": […], "full": true}                 what they come to

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { Form, initSync } from "../../web/pkg/counterfoil.js";
import { hash, outcomes } from "./outcomes.mjs";

const root = new URL("../../", import.meta.url);

function inNode() {
  const module = readFileSync(new URL("web/pkg/counterfoil_bg.wasm", root));
  initSync({ module });
  let form;
  return {
    plan: (plan) => {
      form = new Form(plan);
    },
    hash: (cases) => hash(form, cases),
    outcomes: (cases) => outcomes(form, cases),
    close: () => {},
  };
}

/** Serves the module and the script, and nothing else. */
function serve() {
  const types = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };
  const known = new Map(
    [
      "web/pkg/counterfoil.js",
      "web/pkg/counterfoil_bg.wasm",
      "tests/parity/outcomes.mjs",
    ].map((path) => [`/${path}`, new URL(path, root)]),
  );
  const server = createServer((request, response) => {
    const file = known.get(request.url);
    if (request.url === "/") {
      response.setHeader("content-type", "text/html");
      response.end("<!doctype html><html lang=en><title>Parity</title>");
    } else if (file) {
      response.setHeader("content-type", types[file.pathname.split(".").pop()]);
      response.end(readFileSync(fileURLToPath(file)));
    } else {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}

async function inChromium() {
  const server = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.COUNTERFOIL_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async () => {
    const module = await import("/web/pkg/counterfoil.js");
    await module.default({ module_or_path: "/web/pkg/counterfoil_bg.wasm" });
    globalThis.side = { Form: module.Form, ...(await import("/tests/parity/outcomes.mjs")) };
  });
  return {
    plan: (plan) =>
      page.evaluate((text) => {
        globalThis.side.form = new globalThis.side.Form(text);
      }, plan),
    hash: (cases) =>
      page.evaluate((list) => globalThis.side.hash(globalThis.side.form, list), cases),
    outcomes: (cases) =>
      page.evaluate((list) => globalThis.side.outcomes(globalThis.side.form, list), cases),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

const sides = { node: inNode, chromium: inChromium };
const side = await sides[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  let answer;
  if (request.plan !== undefined) answer = await side.plan(request.plan);
  else if (request.full) answer = await side.outcomes(request.cases);
  else answer = await side.hash(request.cases);
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
await side.close();

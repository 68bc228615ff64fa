// The two pages that are measured, served from memory: `<counterfoil-form>` with the built package, and SurveyJS.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { build } from "esbuild";

import { counterfoil, root } from "../../tests/support.mjs";
import { answers, asSurvey, asYaml, surveyAnswers } from "./form.mjs";

/** The day of every evaluation. */
export const DAY = "2026-06-01";

const HTML = "text/html; charset=utf-8";
const SCRIPT = "text/javascript";
const STYLES = "text/css";

/**
 * Serves both pages, with `perPage` questions on a page of the form: `counterfoil/` and `survey/`, empty, and
 * with `?filled` all questions answered beforehand. Returns the address, and how many bytes each page loads,
 * compressed by Brotli. `folder` is there for the form's files.
 */
export async function openSites(t, folder, perPage) {
  const files = new Map();
  const bytes = {
    counterfoil: await addCounterfoil(files, folder, perPage),
    survey: await addSurvey(files, perPage),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://site");
    const file = files.get(searchParams.has("filled") ? `${pathname}?filled` : pathname);
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": file.type,
      // An isolated page has a clock of five microseconds, others one of a hundred.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cache-control": "no-store",
    });
    response.end(file.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${server.address().port}`, bytes };
}

async function addCounterfoil(files, folder, perPage) {
  const form = join(folder, `by-${perPage}`, "many-questions");
  mkdirSync(form, { recursive: true });
  writeFileSync(join(form, "form.yaml"), asYaml(perPage));
  const plan = counterfoil(["build", form, "--output", "-"]);
  const dist = (name) => readFileSync(join(root, "web/dist", name));
  const loaded = [
    ["/counterfoil/counterfoil-form.js", SCRIPT, dist("counterfoil-form.js")],
    ["/counterfoil/counterfoil-device.js", SCRIPT, dist("counterfoil-device.js")],
    ["/counterfoil/counterfoil.wasm", "application/wasm", dist("counterfoil.wasm")],
    ["/counterfoil/counterfoil.css", STYLES, dist("counterfoil.css")],
    ["/counterfoil/plan.json", "application/json", Buffer.from(plan)],
  ];
  const page = (prefill) => `<!doctype html>
<html class="govuk-template" lang="en">
  <head>
    <meta charset="utf-8">
    <title>A form of many questions</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="counterfoil.css">
    <script type="module" src="counterfoil-form.js"></script>
  </head>
  <body class="govuk-template__body">
    <main class="govuk-width-container">
      <counterfoil-form id="form" plan-url="plan.json" locale="en" as-of="${DAY}">${prefill}</counterfoil-form>
    </main>
  </body>
</html>
`;
  const filled = `<script type="application/json" slot="prefill">${JSON.stringify(answers)}</script>`;
  return add(files, "/counterfoil/", page, filled, loaded);
}

async function addSurvey(files, perPage) {
  const bundle = await build({
    entryPoints: [join(root, "benches/browser/survey-page.mjs")],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    legalComments: "none",
  });
  const styles = readFileSync(join(root, "node_modules/survey-core/survey-core.fontless.min.css"));
  const loaded = [
    ["/survey/survey-page.js", SCRIPT, Buffer.from(bundle.outputFiles[0].contents)],
    ["/survey/survey.css", STYLES, styles],
  ];
  const page = (data) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>A form of many questions</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="survey.css">
    <script type="module" src="survey-page.js"></script>
  </head>
  <body>
    <main id="survey"></main>
    <aside><p id="licence"></p><p id="total"></p></aside>
    <script type="application/json" id="survey-settings">${JSON.stringify({ form: asSurvey(perPage), ...data })}</script>
  </body>
</html>
`;
  return add(files, "/survey/", page, { answers: surveyAnswers }, loaded);
}

/** Adds a page, empty and filled, and what it loads; returns how many bytes the empty one comes to. */
function add(files, path, page, filled, loaded) {
  const empty = page(typeof filled === "string" ? "" : {});
  for (const [name, type, body] of loaded) files.set(name, { type, body });
  files.set(path, { type: HTML, body: empty });
  files.set(`${path}?filled`, { type: HTML, body: page(filled) });
  const compressed = (body) => brotliCompressSync(body).length;
  return loaded.reduce((sum, [, , body]) => sum + compressed(body), compressed(empty));
}

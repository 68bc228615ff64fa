// Pages under inspection: axe looks at each, and its HTML is kept for the Nu validator.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

import { root } from "../support.mjs";
import { PHONE, cutOffInEveryWay } from "./layout.mjs";
import { axeFindings, followed, openPage, screenshot } from "./support.mjs";

const folder = join(root, "target/pages");
const vnu = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

/** What the Nu validator says of pages that are as they should be, word for word, with the reason. */
const DELIBERATE = new Set([
  // The three inputs of a date: without the role, some screen readers leave out the fieldset's description.
  "The “group” role is unnecessary for element “fieldset”.",
]);

/** Forgets the pages that an earlier run has kept. */
export function forgetPages() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/**
 * Opens a page whose states are looked at. `look` takes the state that the page is in, by a name of its
 * own; `findings` is what axe has found so far, `looked` the names of the states.
 *
 * Where axe cannot run, without JavaScript, it looks at what the office has sent: the same HTML under
 * the same headers, in a page that has JavaScript but not the form's own script. That page is dark.
 */
export async function openInspected(t, browser, { javaScript, locale, name }) {
  const page = await openPage(t, browser, { javaScript, viewport: PHONE });
  const reader = javaScript ? page : await openReader(t, browser);
  const findings = [];
  const looked = [];
  let sent;
  page.on("response", (response) => {
    const isPage = (response.headers()["content-type"] ?? "").startsWith("text/html");
    if (isPage && response.request().isNavigationRequest()) sent = response;
  });

  async function look(state, lang = locale) {
    assert.ok(!looked.includes(state), `${state} is looked at once`);
    looked.push(state);
    const html = await sent.text();
    keep(`${name}-${state}`, html);
    if (!javaScript) {
      await reader.show(sent, html);
    } else if ((await page.locator("counterfoil-form").count()) > 0) {
      await followed(page);
      keep(`${name}-${state}-followed`, await page.content());
    }
    if (javaScript && locale === "en") await screenshot(page, `${name}-${state}`);
    const visible = javaScript ? page : reader.page;
    assert.equal(await visible.locator("html").getAttribute("lang"), lang, state);
    assert.equal(await visible.locator("h1").count(), 1, `${state} has one heading`);
    findings.push(...(await axeFindings(visible)).map((finding) => ({ state, ...finding })));
    findings.push(...(await cutOffInEveryWay(visible)).map((cut) => ({ state, cut })));
  }
  return { page, look, findings, looked };
}

async function openReader(t, browser) {
  const page = await openPage(t, browser, { colorScheme: "dark", viewport: PHONE });
  await page.route("**/assets/*.js", (route) => route.abort());
  async function show(sent, body) {
    const { "set-cookie": _, ...headers } = sent.headers();
    const answer = { status: sent.status(), headers, body };
    await page.route(sent.url(), (route) => route.fulfill(answer), { times: 1 });
    await page.goto(sent.url());
  }
  return { page, show };
}

function keep(name, html) {
  writeFileSync(join(folder, `${name}.html`), html);
}

/** Whether the Nu validator can be run. */
export function hasJava() {
  return spawnSync("java", ["-version"]).status === 0;
}

/** What the Nu validator finds on the pages that were kept, but for what is deliberate. */
export function validatorFindings() {
  const files = readdirSync(folder).map((file) => join(folder, file));
  const run = spawnSync("java", ["-jar", vnu, "--stdout", "--format", "json", ...files], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  return JSON.parse(run.stdout)
    .messages.filter(({ message }) => !DELIBERATE.has(message))
    .map(({ url, type, message, extract }) => ({ page: basename(url ?? ""), type, message, extract }));
}

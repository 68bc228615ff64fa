// What a web developer can do with `<counterfoil-form>` on a page of their own: widgets at questions,
// answers that are known already, answers to read only, hashes, and another site's API.

import assert from "node:assert/strict";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { root } from "../support.mjs";
import { assertStanding } from "./filling.mjs";
import { openSite } from "./sites.mjs";
import { assertAccessible, followed, openBrowser, openOffice, openPage, screenshot, shared } from "./support.mjs";

describe("an embedded form", () => {
  const suite = shared();
  const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  const integrity = JSON.parse(readFileSync(join(root, "web/dist/integrity.json"), "utf8"));
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  /** A page of a site whose element has further attributes and children. */
  async function open(t, { attributes = "", children = "", options, change = (html) => html } = {}) {
    const edit = (html) =>
      change(html)
        .replace(/ *worker-url="[^"]*"\n/, "")
        .replace("<counterfoil-form ", `<counterfoil-form ${attributes} `)
        .replace("</counterfoil-form>", `${children}</counterfoil-form>`);
    const site = await openSite(t, office.url, { edit });
    const page = await openPage(t, browser, options);
    // What the element tells of errors, from the first on.
    await page.addInitScript(() => {
      globalThis.failures = [];
      addEventListener("counterfoil-error", ({ detail }) => globalThis.failures.push(detail.name));
    });
    return { page, site, visit: () => page.goto(site.url) };
  }

  const start = async (page) => {
    await page.getByRole("link", { name: "Start now" }).click();
    await followed(page);
  };
  const goOn = (page) => page.getByRole("button", { name: "Continue", exact: true }).click();
  const prefill = (value) =>
    `<script type="application/json" slot="prefill">${typeof value === "string" ? value : JSON.stringify(value)}</script>`;

  test("has a widget of the host's at its question, on every page that asks it", async (t) => {
    const widget = (path, name) => `<div slot="field:${path}"><button type="button">${name}</button></div>`;
    const children = widget("event_date", "Next free Saturday") + widget("streets.name", "Look the street up");
    const { page, visit } = await open(t, { children });
    await visit();
    await page.getByRole("link", { name: "Start now" }).waitFor();
    assert.equal(await page.locator("[slot^='field:']").count(), 0, "no question is asked yet");
    await start(page);
    const question = page.locator(".govuk-form-group[data-path=event_date]");
    await question.getByRole("button", { name: "Next free Saturday" }).waitFor();
    await page.evaluate(() => {
      document.querySelector("[slot='field:event_date'] button").addEventListener("click", (event) => {
        const names = { "event_date.day": "11", "event_date.month": "July", "event_date.year": "2026" };
        event.target.closest("counterfoil-form").fill(names);
      });
    });
    await question.getByRole("button").click();
    await page.waitForFunction(() => !document.querySelector("counterfoil-form").report.missing.includes("event_date"));
    assert.equal((await page.evaluate(() => document.querySelector("counterfoil-form").report)).answers.event_date, "2026-07-11");
    // An error that comes and goes leaves it where it is.
    await page.locator("#event_date-day").fill("40");
    await goOn(page);
    await page.locator(".govuk-error-summary").waitFor();
    await question.getByRole("button").click();
    await page.locator("#event_date-error").waitFor({ state: "detached" });
    assert.equal(await question.getByRole("button").count(), 1);
    await assertAccessible(page);

    await page.getByRole("radio", { name: "Neighbours" }).check();
    await page.getByRole("radio", { name: "No", exact: true }).check();
    await goOn(page);
    await page.getByRole("link", { name: /^Add/ }).click();
    const street = page.locator(".govuk-form-group[data-path='streets[0].name']");
    await street.getByRole("button", { name: "Look the street up" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Next free Saturday" }).count(), 0);
    await page.evaluate(() => document.querySelector("counterfoil-form").fill({ "streets[0].name": "Quay Road" }));
    await assertStanding(page, "streets[0].name", "Quay Road");
    const refused = await page.evaluate(() => {
      try {
        document.querySelector("counterfoil-form").fill({ "streets[0].name": "Mill Lane", elsewhere: "1" });
        return undefined;
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    });
    assert.match(refused, /^PageError: .*elsewhere/);
    await assertStanding(page, "streets[0].name", "Quay Road");
  });

  test("chooses and ticks what a widget asks for", async (t) => {
    const { page, visit } = await open(t);
    await visit();
    await start(page);
    const fill = (typed) => page.evaluate((typed) => document.querySelector("counterfoil-form").fill(typed), typed);
    await fill({ organiser: "charity", sells_food: "true" });
    await assertStanding(page, "organiser", "charity");
    await page.locator("[data-path=stalls]:not([hidden])").waitFor();
    await fill({ sells_food: "false" });
    await page.locator("[data-path=stalls][hidden]").waitFor({ state: "attached" });
  });

  test("begins with answers that the page gives as JSON, under a policy that runs no inline script", async (t) => {
    const { page, visit } = await open(t, { children: prefill(answers) });
    await visit();
    // Nothing is left to be asked.
    await page.locator("a.govuk-button").click();
    await page.getByRole("heading", { level: 1, name: "Check your answers" }).waitFor();
    const shown = await page.locator("counterfoil-form").innerText();
    for (const { name } of answers.streets) assert.ok(shown.includes(name), name);
    assert.doesNotMatch(shown, /"event_date"/, "the JSON itself is not shown");
  });

  test("says what is wrong with JSON that is none", async (t) => {
    const { page, visit } = await open(t, { children: prefill("{") });
    await visit();
    await page.getByText("Call 0300 000 0000").waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.failures), ["AnswersError"]);
  });

  test("shows answers to read, with no control", async (t) => {
    const { page, visit } = await open(t, { attributes: "readonly", children: prefill(answers) });
    await visit();
    await page.getByText(answers.streets[0].name).first().waitFor();
    const element = page.locator("counterfoil-form");
    assert.match(await page.locator("h1").innerText(), /Apply to close a street/);
    assert.match(await element.innerText(), /£69\.77/);
    const controls = "form, input, select, textarea, button, a[href^='#'], .govuk-summary-list__actions";
    assert.equal(await element.locator(controls).count(), 0);
    assert.equal(await element.getAttribute("lang"), "en");
    assert.equal(await element.getAttribute("dir"), "ltr");
    await assertAccessible(page);
    await screenshot(page, "standalone-readonly");
  });

  test("shows nothing to read where nothing was answered", async (t) => {
    const { page, visit } = await open(t, { attributes: "readonly" });
    await visit();
    await page.locator("counterfoil-form[lang]").waitFor({ state: "attached" });
    assert.equal((await page.locator("counterfoil-form").innerText()).trim(), "");
  });

  test("gives its memory back and lets the page stand when it is told to", async (t) => {
    const { page, visit } = await open(t);
    await visit();
    await start(page);
    await page.evaluate(() => document.querySelector("counterfoil-form").destroy());
    assert.equal(await page.locator("counterfoil-form[data-followed]").count(), 0);
    assert.equal(await page.evaluate(() => document.querySelector("counterfoil-form").report), undefined);
    await page.locator("#event_date-day").fill("11");
  });

  test("runs with the hashes that the package publishes", async (t) => {
    const { page, visit } = await open(t, { attributes: `wasm-integrity="${integrity["counterfoil.wasm"]}"`, change: hashed });
    await visit();
    await start(page);
  });

  test("refuses an engine that is not the published one, and says how to go on without it", async (t) => {
    const attributes = `wasm-integrity="${integrity["counterfoil.wasm"]}"`;
    const { page, site } = await open(t, { attributes });
    appendFileSync(join(site.folder, "counterfoil/counterfoil.wasm"), "\0");
    // The browser itself says so too.
    page.removeAllListeners("console");
    await page.goto(site.url);
    await page.getByText("Call 0300 000 0000").waitFor();
    assert.deepEqual(await page.evaluate(() => globalThis.failures), ["EngineError"]);
  });

  test("is not run where its script is not the published one", async (t) => {
    const { page, site } = await open(t, { change: hashed });
    appendFileSync(join(site.folder, "counterfoil/counterfoil-form.js"), "\n");
    page.removeAllListeners("console");
    await page.goto(site.url);
    await page.getByText("Call 0300 000 0000").waitFor();
    assert.equal(await page.evaluate(() => customElements.get("counterfoil-form")), undefined);
  });

  /** The page with the hashes of its script and style sheet. */
  function hashed(html) {
    const add = (text, attribute, file) =>
      text.replace(`${attribute}="counterfoil/${file}"`, `$& integrity="${integrity[file]}"`);
    return add(add(html, "src", "counterfoil-form.js"), "href", "counterfoil.css");
  }

  test("reads the API of an office on another site, and none of its pages", async (t) => {
    const { page, site, visit } = await open(t);
    await visit();
    // The page's own policy lets it ask the office only.
    const ask = (path, options) =>
      page.evaluate(
        ([url, options]) => fetch(url, options).then(({ status }) => status, ({ name }) => name),
        [office.url + path, options],
      );
    assert.notEqual(site.url, office.url);
    assert.equal(await ask("/api/forms"), 200);
    assert.equal(await ask("/api/forms/street-party/plan"), 200);
    assert.equal(await ask("/.well-known/jwks.json"), 200);
    assert.equal(await ask("/openapi.json"), 200);
    const post = { method: "POST", headers: { "content-type": "application/json", "idempotency-key": "0".repeat(32) }, body: "{}" };
    assert.ok([400, 422].includes(await ask("/api/forms/street-party/submissions", post)));
    page.removeAllListeners("console");
    assert.equal(await ask("/forms/street-party"), "TypeError");
    assert.equal(await ask("/api/forms", { credentials: "include" }), "TypeError", "the API takes no cookie");
  });
});

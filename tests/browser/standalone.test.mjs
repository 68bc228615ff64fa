// `<counterfoil-form>` draws a form by itself: the example of static files, on another site than the
// office's.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { root } from "../support.mjs";
import { button, fillAll, goOn, press, start } from "./drawn.mjs";
import { assertStanding, fillIn } from "./filling.mjs";
import { openSite } from "./sites.mjs";
import {
  assertAccessible,
  followed,
  openBrowser,
  openOffice,
  openPage,
  screenshot,
  shared,
} from "./support.mjs";

describe("a form that stands by itself", () => {
  const suite = shared();
  const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  let office, browser, site;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
    const edit = (html) => html.replace(/ *worker-url="[^"]*"\n/, "");
    site = (await openSite(suite, office.url, { edit })).url;
  });

  async function open(t, options) {
    const page = await openPage(t, browser, options);
    await page.goto(site);
    return page;
  }

  const heading = (page) => page.locator("h1").innerText();

  test("is filled in, sent to an office of another site, and receipted", async (t) => {
    const page = await open(t, { viewport: { width: 360, height: 740 } });
    await start(page).waitFor();
    await assertAccessible(page);
    await screenshot(page, "standalone-start");
    await fillAll(page, answers);
    assert.match(await heading(page), /Check your answers/);
    await assertAccessible(page);
    await button(page, "Accept and send").click();
    await page.locator("[data-reference]").waitFor();
    assert.equal(await page.locator("[data-halves]").getAttribute("data-halves"), "match");
    await assertAccessible(page);
    await screenshot(page, "standalone-confirmation");
  });

  test("says what is wrong, keeps what was typed, and puts the focus where it is said", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await page.locator("#event_date-day").fill("40");
    await goOn(page);
    const summary = page.locator("[data-counterfoil=error-summary]");
    assert.equal(await summary.evaluate((element) => element === document.activeElement), true);
    await assertStanding(page, "event_date.day", "40");
    await assertAccessible(page);
    await summary.getByRole("link").first().click();
    assert.match(await page.evaluate(() => document.activeElement.id), /^event_date-/);
  });

  test("finds its pages and answers again after Back, Forward and a reload", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await fillIn(page, answers);
    await goOn(page);
    const list = await heading(page);
    await page.goBack();
    await page.locator("#event_date-day").waitFor();
    await assertStanding(page, "event_date", answers.event_date);
    await page.goForward();
    await page.getByText(list).first().waitFor();
    assert.equal(await heading(page), list);
    await page.reload();
    await page.getByText(list).first().waitFor();
    await page.goBack();
    await page.locator("#event_date-day").waitFor();
    await assertStanding(page, "event_date", answers.event_date);
  });

  test("sends once where the button is pressed twice, and loses nothing where the network is lost", async (t) => {
    const page = await open(t);
    await fillAll(page, answers);
    const submissions = [];
    page.on("request", (request) => {
      if (request.method() === "POST") submissions.push(request.headers()["idempotency-key"]);
    });
    await page.route("**/submissions", (route) => route.abort());
    await button(page, "Accept and send").click();
    await page.getByRole("heading", { level: 1, name: /problem/i }).waitFor();
    await page.unroute("**/submissions");
    await press(page, page.locator("main a.govuk-button"));
    await button(page, "Accept and send").dblclick();
    await page.locator("[data-reference]").waitFor();
    assert.equal(submissions.length, 2);
    assert.equal(new Set(submissions).size, 1, "the second attempt bears the key of the first");
  });

  test("says how to go on without it where the engine cannot be loaded", async (t) => {
    const page = await openPage(t, browser);
    await page.route("**/counterfoil.wasm", (route) => route.abort());
    await page.goto(site);
    await page.getByText("Call 0300 000 0000").waitFor();
    assert.equal(await page.locator("counterfoil-form h1").count(), 0);
  });

  test("asks again where the office has another figure, and then sends that one", async (t) => {
    const page = await open(t);
    await fillAll(page, answers);
    const mismatches = [{ path: "fees.total", shown: "69.77", computed: "99.00" }];
    const sent = [];
    await page.route("**/submissions", async (route) => {
      if (route.request().method() !== "POST") return route.continue();
      sent.push(route.request().postDataJSON().shown["fees.total"]);
      return route.fulfill({
        status: 409,
        headers: { "access-control-allow-origin": "*" },
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "/problems/figure-differs", mismatches }),
      });
    });
    await press(page, button(page, "Accept and send"));
    assert.match(await page.locator("main").innerText(), /£99\.00/);
    await assertAccessible(page);
    await button(page, "Accept the new figure and send").click();
    while (sent.length < 2) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(sent[1], "99.00");
    assert.notEqual(sent[0], "99.00");
  });

  test("lets the page's owner keep a page from being taken", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await page.evaluate(() => {
      document.addEventListener("counterfoil-submit", (event) => {
        globalThis.status = event.detail.status;
        event.preventDefault();
      });
    });
    await fillIn(page, answers);
    await button(page, "Continue").click();
    await page.waitForFunction(() => globalThis.status);
    assert.equal(await page.locator("#event_date-day").count(), 1);
  });

  test("forgets what was typed when it is told to", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await page.locator("#event_date-day").fill("40");
    await goOn(page);
    await page.evaluate(() => document.querySelector("counterfoil-form").erase());
    await start(page).waitFor();
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), []);
    assert.equal(await page.locator("counterfoil-form").getAttribute("dir"), "ltr");
  });
});

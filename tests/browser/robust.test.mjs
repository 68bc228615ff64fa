// A form that stands by itself, handled as people handle pages: Back, reload, several tabs, double presses,
// several forms on one page, an engine that does not come. No answer is lost, and it is sent once.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { planOf, root } from "../support.mjs";
import { button, fillAll, fillStreets, goOn, press, start } from "./drawn.mjs";
import { answer, assertStanding, fillIn } from "./filling.mjs";
import { openLine, openSite } from "./sites.mjs";
import { followed, openBrowser, openOffice, openPage, shared } from "./support.mjs";

describe("a form on a page of its own", () => {
  const suite = shared();
  const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  let browser, line, site;
  before(async () => {
    const office = await openOffice(suite);
    browser = await openBrowser(suite);
    line = await openLine(suite, office.url);
    const edit = (html) => html.replace(/ *worker-url="[^"]*"\n/, "");
    site = await openSite(suite, line.url, { edit });
  });


  async function open(t) {
    const page = await openPage(t, browser);
    await page.goto(site.url);
    await page.locator("[data-device]").waitFor();
    return page;
  }

  test("keeps through a reload what is typed on a page that is not finished", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await page.locator("#event_date-day").fill("40");
    await page.getByLabel("Yes").check();
    await page.locator("#stalls").fill("3");
    await page.reload();
    await page.locator("#event_date-day").waitFor();
    await assertStanding(page, "event_date.day", "40");
    await assertStanding(page, "stalls", 3);
    assert.equal(await page.locator("[data-counterfoil=error-summary]").count(), 0);
  });

  test("keeps through Back and Forward what is typed on a page that is not finished", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await fillIn(page, answers);
    await goOn(page);
    await press(page, page.getByRole("link", { name: /^Add/ }));
    await answer(page, "streets[0].name", "Mill Lane");
    await page.goBack();
    await page.getByRole("link", { name: /^Add/ }).waitFor();
    await page.goForward();
    await page.locator('[name="streets[0].name"]').waitFor();
    await assertStanding(page, "streets[0].name", "Mill Lane");
    // A record that was only looked at is none.
    await page.goBack();
    await press(page, page.getByRole("link", { name: /^Add/ }));
    await page.goBack();
    await button(page, "Remove (Street 1)").or(page.locator("button[name=_remove]")).first().waitFor();
    assert.equal(await page.locator("button[name=_remove]").count(), 1);
  });

  test("removes one record by a double press", async (t) => {
    const page = await open(t);
    await fillStreets(page, answers);
    const remove = page.locator("button[name=_remove]");
    assert.equal(await remove.count(), answers.streets.length);
    await remove.first().dblclick();
    assert.equal(await remove.count(), answers.streets.length - 1);
  });

  test("keeps two tabs apart, and takes what each sends", async (t) => {
    const page = await open(t);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await press(page, start(page));
    await page.locator("#event_date-day").fill("15");
    await start(other).click();
    await other.locator("#event_date-day").fill("16");
    for (const [tab, day] of [[page, "15"], [other, "16"]]) {
      await tab.reload();
      await tab.locator("#event_date-day").waitFor();
      await assertStanding(tab, "event_date.day", day);
    }
  });

  test("is sent once by a tab and its copy", async (t) => {
    const before = line.posts.length;
    const page = await open(t);
    await fillAll(page, answers);
    line.line.answers = false;
    await button(page, "Accept and send").click();
    await page.getByRole("heading", { level: 1, name: /problem/i }).waitFor();
    // A copy of a tab begins with what the tab kept.
    const stored = await page.evaluate(() => Object.entries(sessionStorage));
    const copy = await page.context().newPage();
    await copy.addInitScript((entries) => {
      for (const [key, text] of entries) sessionStorage.setItem(key, text);
    }, stored);
    await copy.goto(site.url);
    line.line.answers = true;
    await press(copy, copy.getByRole("link", { name: "Continue your application" }));
    await button(copy, "Accept and send").click();
    await copy.locator("[data-reference]").waitFor();
    await press(page, page.locator("main a.govuk-button"));
    await button(page, "Accept and send").click();
    await page.locator("[data-reference]").waitFor();
    // Browsers may repeat by themselves what a broken connection has answered with nothing.
    const posts = line.posts.slice(before);
    assert.ok(posts.length >= 3);
    assert.equal(new Set(posts.map(({ key }) => key)).size, 1);
    assert.equal(posts.filter(({ isNew }) => isNew).length, 1);
  });

  test("shows its confirmation again after a reload, and gives its record back when it goes", async (t) => {
    const page = await openPage(t, browser);
    await page.addInitScript(() => {
      globalThis.records = new Set();
      const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
      URL.createObjectURL = (blob) => {
        const url = create.call(URL, blob);
        globalThis.records.add(url);
        return url;
      };
      URL.revokeObjectURL = (url) => {
        globalThis.records.delete(url);
        revoke.call(URL, url);
      };
    });
    await page.goto(site.url);
    await fillAll(page, answers);
    await button(page, "Accept and send").click();
    const reference = await page.locator("[data-reference]").innerText();
    await page.reload();
    assert.equal(await page.locator("[data-reference]").innerText(), reference);
    assert.equal(await page.evaluate(() => globalThis.records.size), 1);
    await page.goBack();
    await page.locator("[data-reference]").waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => globalThis.records.size), 0);
    assert.equal(await button(page, "Accept and send").count(), 0);
    await page.reload();
    await page.locator("[data-device]").waitFor();
    assert.equal(await page.locator("[data-reference]").count(), 0);
  });

  test("has its answers again once the engine that did not come has come", async (t) => {
    const page = await open(t);
    await press(page, start(page));
    await fillIn(page, answers);
    await page.route("**/counterfoil.wasm", (route) => route.abort());
    await page.reload();
    await page.getByText("Call 0300 000 0000").waitFor();
    await page.unroute("**/counterfoil.wasm");
    await page.reload();
    await page.locator("#event_date-day").waitFor();
    await assertStanding(page, "event_date", answers.event_date);
  });

  test("shares a page with another form, and the engine with it", async (t) => {
    writeFileSync(join(site.folder, "dog-licence.plan.json"), planOf("dog-licence"));
    const html = readFileSync(join(site.folder, "index.html"), "utf8").replace(
      "</main>",
      '<counterfoil-form id="dog" plan-url="dog-licence.plan.json" as-of="2026-06-01"></counterfoil-form></main>',
    );
    writeFileSync(join(site.folder, "two.html"), html);
    const page = await openPage(t, browser);
    const modules = [];
    page.on("request", (request) => {
      if (request.url().endsWith(".wasm")) modules.push(request.url());
    });
    await page.goto(`${site.url}/two.html`);
    const party = page.locator("#party");
    const dog = page.locator("#dog");
    await party.getByRole("link", { name: "Start now" }).click();
    await dog.getByRole("link", { name: "Start now" }).click();
    await page.locator("#party[data-followed]").waitFor();
    await page.locator("#dog[data-followed]").waitFor();
    await party.locator("#event_date-day").fill("15");
    const first = dog.locator("form [name]").first();
    const title = await dog.locator("h1").first().innerText();
    assert.equal(modules.length, 1);

    await page.goBack();
    await dog.getByRole("link", { name: "Start now" }).waitFor();
    assert.equal(await party.locator("#event_date-day").inputValue(), "15");
    await page.goForward();
    await first.waitFor();
    assert.equal(await dog.locator("h1").first().innerText(), title);
    await page.reload();
    await party.locator("#event_date-day").waitFor();
    assert.equal(await party.locator("#event_date-day").inputValue(), "15");
    await dog.evaluate((element) => element.remove());
    await followed(page);
    await party.getByRole("button", { name: "Continue" }).click();
    await party.locator("[data-counterfoil=error-summary]").waitFor();
  });
});

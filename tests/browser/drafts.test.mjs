// Answers on the device: nothing outlives the tab unless the citizen chooses it, and then it can be erased
// and ends by itself.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { counterfoil, root, temporaryFolder } from "../support.mjs";
import { assertStanding } from "./filling.mjs";
import { openSite } from "./sites.mjs";
import { assertAccessible, openBrowser, openPage, screenshot, shared } from "./support.mjs";

const KEEP = "Keep my answers on this device";
const ERASE = "Erase my answers from this device";
const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-06-01T12:00:00Z");

describe("answers on the device", () => {
  const suite = shared();
  let browser, site;
  before(async () => {
    browser = await openBrowser(suite);
    site = (await openSite(suite, "http://127.0.0.1:9")).url;
  });

  const button = (page, name) => page.getByRole("button", { name, exact: true });
  const choice = (page, state) => page.locator(`[data-device="${state}"]`);

  /** Opens the form at a time of the browser's clock. */
  async function open(t, url = site) {
    const page = await openPage(t, browser, { viewport: { width: 360, height: 740 } });
    await page.clock.install({ time: NOW });
    await page.goto(url);
    await choice(page, "not-kept").waitFor();
    return page;
  }

  /** Opens the form in another tab, days later, as whoever comes next does. */
  async function reopen(page, days = 0, url = site) {
    const later = await page.context().newPage();
    await page.close();
    await later.clock.install({ time: NOW + days * DAY_MS });
    await later.goto(url);
    await later.locator("[data-device]").waitFor();
    return later;
  }

  /** Begins the form and gives a first, unfinished answer. */
  async function begin(page) {
    await page.getByRole("link", { name: "Start now" }).click();
    await page.locator("#event_date-day").fill("15");
  }

  async function chooseToKeep(page) {
    await page.locator("summary", { hasText: KEEP }).click();
    await button(page, KEEP).click();
    await choice(page, "kept").waitFor();
  }

  /** What the site has stored beyond the tab. */
  const stored = (page) => page.evaluate(() => Object.keys(localStorage));

  test("are gone with the tab unless that is chosen", async (t) => {
    const page = await open(t);
    await begin(page);
    await button(page, "Continue").click();
    await page.locator("[data-counterfoil=error-summary]").waitFor();
    assert.deepEqual(await stored(page), []);
    const next = await reopen(page);
    assert.equal(await next.getByRole("link", { name: "Start now" }).count(), 1);
    assert.equal(await choice(next, "not-kept").count(), 1);
  });

  test("are kept where that is chosen, in plain words and with an end, and can be erased on every page", async (t) => {
    const page = await open(t);
    await begin(page);
    await page.locator("summary", { hasText: KEEP }).click();
    assert.match(await choice(page, "not-kept").innerText(), /Anybody[\s\S]*library[\s\S]*removed after 1 July 2026\./);
    await assertAccessible(page);
    await screenshot(page, "device-choice");
    await button(page, KEEP).click();
    assert.match(await page.evaluate(() => document.activeElement.textContent), /kept on this device until/);
    await assertStanding(page, "event_date.day", "15");
    await assertAccessible(page);
    await screenshot(page, "device-kept");

    const later = await reopen(page, 29);
    await later.getByRole("link", { name: "Continue your application" }).click();
    await assertStanding(later, "event_date.day", "15");
    assert.equal(await button(later, ERASE).count(), 1);
    await later.goBack();
    await button(later, ERASE).click();
    assert.match(await later.evaluate(() => document.activeElement.textContent), /were erased/);
    assert.equal(await later.getByRole("link", { name: "Start now" }).count(), 1);
    assert.deepEqual(await stored(later), []);
    await assertAccessible(later);
    const next = await reopen(later, 29);
    assert.equal(await next.getByRole("link", { name: "Start now" }).count(), 1);
  });

  test("are removed when their time is over, whatever form is opened then", async (t) => {
    const page = await open(t);
    await begin(page);
    await chooseToKeep(page);
    await page.evaluate(
      (until) => localStorage.setItem("counterfoil:another:form:device", JSON.stringify({ until, text: "" })),
      NOW + DAY_MS,
    );
    const later = await reopen(page, 31);
    assert.equal(await later.getByRole("link", { name: "Start now" }).count(), 1);
    assert.deepEqual(await stored(later), []);
  });

  test("are kept no longer than the form declares", async (t) => {
    const folder = join(temporaryFolder(t), "street-party");
    cpSync(join(root, "forms/street-party"), folder, { recursive: true });
    cpSync(join(root, "forms/shared"), join(folder, "../shared"), { recursive: true });
    const file = join(folder, "form.yaml");
    const privacy = [
      "privacy:",
      "  controller: Example City Council",
      "  purposes:",
      "    - purpose: closure",
      "      say: To decide on the closure",
      "      retention: 2 weeks",
      "      source: Records Policy (invented), 1",
      "",
      "pages:",
    ].join("\n");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^pages:/m, privacy));
    const plan = counterfoil(["build", folder, "--output", "-"]);
    const { url } = await openSite(t, "http://127.0.0.1:9", { plan });
    const page = await open(t, url);
    await begin(page);
    await chooseToKeep(page);
    const within = await reopen(page, 13, url);
    assert.equal(await choice(within, "kept").count(), 1);
    const after = await reopen(within, 15, url);
    assert.deepEqual(await stored(after), []);
  });
});

// The office's own pages: what is lost with the connection, with time, and with a button pressed twice.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { root } from "../support.mjs";
import { answer, assertStanding, fillIn, goOn, press } from "./filling.mjs";
import { openLine } from "./sites.mjs";
import {
  assertAccessible,
  followed,
  openBrowser,
  openOffice,
  openPage,
  screenshot,
  shared,
} from "./support.mjs";

const DAY_S = 86_400;
const NOTICES = "[data-counterfoil=notices]";

describe("the office's pages", () => {
  const suite = shared();
  const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  const notice = (page, name) => page.locator(`${NOTICES} [data-shown=${name}]`);
  const button = (page, name) => page.getByRole("button", { name, exact: true });

  /** Waits until the worker of a form's pages is at work. */
  const attendedBy = (page) =>
    page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) {
        await new Promise((resolve) =>
          navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
        );
      }
    });

  /** Goes as far as the page where the answers are checked. */
  async function fillAll(page, url = office.url) {
    await page.goto(`${url}/forms/street-party/event`);
    await followed(page);
    await fillIn(page, answers);
    await goOn(page);
    for (const _ of answers.streets) {
      await press(page, "main form a.govuk-button");
      await followed(page);
      await fillIn(page, answers);
      await goOn(page);
    }
    await goOn(page);
    assert.match(page.url(), /\/check-answers$/);
  }

  test("stay as they are where there is no connection, and say so", async (t) => {
    const line = await openLine(t, office.url);
    const page = await openPage(t, browser, { viewport: { width: 360, height: 740 } });
    await page.goto(`${line.url}/forms/street-party/event`);
    await followed(page);
    await attendedBy(page);
    await fillIn(page, answers);
    await line.stop();
    for (const leave of ["main form button.govuk-button", ".govuk-back-link"]) {
      await page.locator(leave).click();
      await notice(page, "connection").waitFor();
      assert.match(await notice(page, "connection").innerText(), /There is no connection[\s\S]*still on this page/);
      assert.equal(await notice(page, "connection").evaluate((shown) => shown === document.activeElement), true);
      await page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
      assert.equal(await notice(page, "connection").count(), 0);
    }
    await page.context().setOffline(true);
    await page.locator(".cf-footer a").first().click();
    await notice(page, "connection").waitFor();
    await page.context().setOffline(false);
    await page.locator("main form button.govuk-button").click();
    await notice(page, "connection").waitFor();
    await assertAccessible(page);
    await screenshot(page, "no-connection");
    await assertStanding(page, "event_date", answers.event_date);
    await line.start();
    await goOn(page);
    assert.match(page.url(), /streets_to_close$/);
  });

  test("send once where the office's answer was lost, and lead to the same confirmation", async (t) => {
    const line = await openLine(t, office.url);
    const page = await openPage(t, browser);
    await fillAll(page, line.url);
    await followed(page);
    await attendedBy(page);
    line.line.answers = false;
    await button(page, "Accept and send").click();
    await notice(page, "connection").waitFor();
    line.line.answers = true;
    // What stood on the page was sent: pressed again, it leads to what has become of it.
    await press(page, button(page, "Accept and send"));
    assert.match(page.url(), /\/confirmation\//);
    const reference = await page.locator("[data-reference]").innerText();
    await page.goBack();
    await page.goto(`${line.url}/forms/street-party/check-answers`);
    assert.equal(await page.locator("[data-reference]").innerText(), reference);
  });

  test("send once from two tabs and by a double press", async (t) => {
    const line = await openLine(t, office.url);
    const page = await openPage(t, browser);
    await fillAll(page, line.url);
    const other = await page.context().newPage();
    await other.goto(page.url());
    const sent = [];
    for (const tab of [page, other]) {
      tab.on("request", (request) => {
        if (request.method() === "POST") sent.push(new URL(request.url()).pathname.split("/").at(-1));
      });
    }
    await button(page, "Accept and send").dblclick();
    await page.locator("[data-reference]").waitFor();
    await button(other, "Accept and send").click();
    await other.locator("[data-reference]").waitFor();
    assert.equal(page.url(), other.url());
    assert.deepEqual(sent, ["submit", "submit"]);
  });

  for (const javaScript of [true, false]) {
    test(`remove one record by a double press, ${javaScript ? "with" : "without"} JavaScript`, async (t) => {
      const page = await openPage(t, browser, { javaScript });
      await page.goto(`${office.url}/forms/street-party`);
      await press(page, "form[action$='/example'] button");
      await page.goto(`${office.url}/forms/street-party/streets_to_close`);
      if (javaScript) await followed(page);
      const remove = page.locator("button[name=_remove]");
      const before = await remove.count();
      assert.ok(before > 1);
      // What a second press sends, while the first is under way, comes to the office too.
      const { name, value } = await remove.first().evaluate(({ name, value }) => ({ name, value }));
      await page.request.post(page.url(), { form: { [name]: value } });
      await page.request.post(page.url(), { form: { [name]: value } });
      await page.reload();
      assert.equal(await remove.count(), before - 1);
    });
  }

  test("find every answer again after Back, Forward and a reload", async (t) => {
    const page = await openPage(t, browser);
    await fillAll(page);
    await page.goBack();
    await page.goBack();
    await page.reload();
    await page.goto(`${office.url}/forms/street-party/event`);
    await assertStanding(page, "event_date", answers.event_date);
    await page.goForward().catch(() => {});
    await page.goto(`${office.url}/forms/street-party/streets_to_close/2`);
    await assertStanding(page, "streets[1].name", answers.streets[1].name);
  });

  test("warn before answers are removed, and keep them longer when asked to", async (t) => {
    const page = await openPage(t, browser, { viewport: { width: 360, height: 740 } });
    await page.clock.install({ time: Date.parse("2026-06-01T12:00:00Z") });
    await page.goto(`${office.url}/forms/street-party/event`);
    await fillIn(page, answers);
    await goOn(page);
    await page.goto(`${office.url}/forms/street-party/event`);
    await followed(page);
    assert.equal(await page.locator("[data-kept]").innerText(), "We keep your answers until 8 June 2026. The time begins again whenever you continue.");
    await page.locator("#event_date-day").fill("16");
    await page.clock.fastForward((7 * DAY_S - 2_400) * 1_000);
    assert.equal(await notice(page, "time").count(), 0);
    await page.clock.fastForward(700_000);
    await notice(page, "time").waitFor();
    assert.match(await notice(page, "time").innerText(), /soon be removed[\s\S]*8 June 2026 at 13:00/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "event_date-day");
    assert.equal(await page.locator(NOTICES).getAttribute("role"), "status");
    await assertAccessible(page);
    await screenshot(page, "time-warning");

    // By keyboard: the notice comes before the form.
    const longer = button(page, "Keep my answers longer");
    for (let stops = 0; stops < 20; stops += 1) {
      if (await longer.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Shift+Tab");
    }
    await page.keyboard.press("Enter");
    await page.getByText("Your answers are now kept until").first().waitFor();
    assert.equal(await notice(page, "time").count(), 0);
    await assertStanding(page, "event_date.day", "16");
    await assertAccessible(page);
    await page.clock.fastForward((7 * DAY_S - 2_400) * 1_000);
    assert.equal(await notice(page, "time").count(), 0);
    await page.clock.fastForward(700_000);
    await notice(page, "time").waitFor();

    // Going on in another tab has the time begin again here too.
    const other = await page.context().newPage();
    await other.goto(`${office.url}/forms/street-party/event`);
    await answer(other, "event_date", answers.event_date);
    await goOn(other);
    await notice(page, "time").waitFor({ state: "detached" });
  });

  test("say without JavaScript how long answers are kept", async (t) => {
    const page = await openPage(t, browser, { javaScript: false });
    await page.goto(`${office.url}/forms/street-party/event`);
    assert.equal(await page.locator("[data-kept]").count(), 0);
    await fillIn(page, answers);
    await goOn(page);
    assert.match(await page.locator("[data-kept]").innerText(), /until 8 June 2026/);
  });
});

// `<counterfoil-form>` takes over what the server drew, and leaves it alone where it cannot.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import {
  assertAccessible,
  followed,
  openBrowser,
  openOffice,
  openPage,
  screenshot,
  shared,
} from "./support.mjs";

describe("a page that is followed", () => {
  const suite = shared();
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  async function openEvent(t) {
    const page = await openPage(t, browser);
    await page.goto(`${office.url}/forms/street-party/event`);
    await followed(page);
    return page;
  }

  test("shows questions and fees as answers are given", async (t) => {
    const page = await openEvent(t);
    const stalls = page.locator("[data-path=stalls]");
    const fees = page.locator("[data-live=fees]");
    assert.equal(await stalls.isVisible(), false);

    await page.getByLabel("Yes").check();
    assert.equal(await stalls.isVisible(), true);
    await page.locator("#stalls").fill("3");
    assert.match(await fees.innerText(), /Stall licences[\s\S]*£35\.40/);
    await assertAccessible(page);
    await screenshot(page, "followed");

    await page.getByLabel("No", { exact: true }).check();
    assert.equal(await stalls.isVisible(), false);
    assert.doesNotMatch(await fees.innerText(), /Stall licences/);
  });

  test("shows an error when its question is left, and takes it away once mended", async (t) => {
    const page = await openEvent(t);
    const stalls = page.locator("#stalls");
    const error = page.locator("#stalls-error");
    await page.getByLabel("Yes").check();
    await stalls.fill("900");
    assert.equal(await error.count(), 0);

    await page.locator("#event_date-day").focus();
    assert.match(await error.innerText(), /200/);
    assert.match(await stalls.getAttribute("aria-describedby"), /stalls-hint stalls-error/);
    await assertAccessible(page);

    await stalls.fill("90");
    assert.equal(await error.count(), 0);
    assert.equal(await stalls.inputValue(), "90");
    assert.equal(await stalls.evaluate((control) => control === document.activeElement), true);
  });

  test("says nothing of a date before it is left as a whole", async (t) => {
    const page = await openEvent(t);
    await page.locator("#event_date-day").fill("30");
    await page.locator("#event_date-month").fill("2");
    assert.equal(await page.locator("#event_date-error").count(), 0);
    await page.locator("#event_date-year").fill("2027");
    await page.locator("#organiser").focus();
    assert.equal(await page.locator("#event_date-error").count(), 1);
  });

  test("draws only questions of which something differs", async (t) => {
    const page = await openEvent(t);
    // Drawing a question would put its class back.
    const date = page.locator("[data-path=event_date]");
    const spoil = () => date.evaluate((question) => question.classList.add("spoilt"));
    const isSpoilt = () => date.evaluate((question) => question.classList.contains("spoilt"));
    await spoil();
    await page.getByLabel("Yes").check();
    await page.locator("#stalls").fill("3");
    assert.equal(await isSpoilt(), true);
    assert.equal(await page.locator("[data-path=stalls]").isVisible(), true);
    await page.locator("#event_date-day").fill("30");
    assert.equal(await isSpoilt(), true);
    await page.locator("#stalls").focus();
    assert.equal(await isSpoilt(), false);
  });

  test("comes to what a fresh evaluation of all controls comes to", async (t) => {
    const page = await openEvent(t);
    const reports = () =>
      page.evaluate(async () => {
        const element = document.querySelector("counterfoil-form");
        const script = document.querySelector('script[src*="counterfoil-form"]').src;
        const { fetchForm } = await import(script);
        const form = await fetchForm(element.dataset.planUrl);
        const here = [...new FormData(element.querySelector("form"))];
        const elsewhere = JSON.parse(element.querySelector("[data-counterfoil=pairs]").textContent);
        const typed = JSON.stringify([...elsewhere, ...here.filter(([name]) => !name.startsWith("_"))]);
        const answers = form.fromText(element.dataset.locale, typed);
        const fresh = form.evaluate(answers, JSON.stringify({ as_of: element.dataset.asOf }));
        return [element.report, JSON.parse(fresh)];
      });
    const stalls = page.locator("#stalls");
    for (const act of [
      () => page.getByLabel("Yes").check(),
      () => stalls.fill("3"),
      () => page.locator("#event_date-day").fill("30"),
      () => page.locator("#event_date-month").fill("6"),
      () => page.locator("#event_date-year").fill("2027"),
      () => stalls.fill("many"),
      () => stalls.fill(""),
      () => page.locator("#event_date-month").fill(""),
      () => page.getByLabel("No", { exact: true }).check(),
      () => page.getByLabel("Neighbours").check(),
    ]) {
      await act();
      const [followed, fresh] = await reports();
      assert.deepEqual(followed, fresh);
    }
  });

  test("works out for those who open it how the fee comes about", async (t) => {
    const page = await openEvent(t);
    const reasons = page.locator("[data-live=why]");
    await page.getByLabel("Yes").check();
    await page.locator("#stalls").fill("3");
    assert.doesNotMatch(await reasons.textContent(), /35\.40/);
    await page.getByText("How this was worked out").click();
    await reasons.getByText(/35\.40/).first().waitFor({ state: "attached" });
    await page.locator("#stalls").fill("4");
    assert.match(await reasons.textContent(), /47\.20/);
  });

  test("marks the part of a date that is wrong, though the error stays the same", async (t) => {
    const page = await openEvent(t);
    const wrong = () =>
      page.locator("[data-path=event_date] .govuk-input--error").evaluateAll((parts) => parts.map(({ id }) => id));
    for (const [part, value] of [["day", "40"], ["month", "6"], ["year", "2027"]]) {
      await page.locator(`#event_date-${part}`).fill(value);
    }
    await page.locator("#organiser").focus();
    assert.deepEqual(await wrong(), ["event_date-day"]);
    await page.locator("#event_date-day").fill("20");
    await page.locator("#event_date-month").fill("60");
    assert.deepEqual(await wrong(), ["event_date-month"]);
  });

  test("keeps a button in its place while it is being pressed", async (t) => {
    const page = await openEvent(t);
    await page.getByLabel("Yes").check();
    await page.locator("#event_date-day").fill("40");
    const posted = page.waitForRequest((request) => request.method() === "POST");
    await page.getByRole("button", { name: "Continue" }).click();
    await posted;
    await page.locator("[data-counterfoil=error-summary]").waitFor();
  });

  test("takes mended errors off the summary", async (t) => {
    const page = await openEvent(t);
    await page.getByRole("button", { name: "Continue" }).click();
    const summary = page.locator("[data-counterfoil=error-summary]");
    await summary.waitFor();
    await followed(page);
    const items = summary.locator("li");
    const before = await items.allInnerTexts();

    await page.locator("#organiser").check();
    assert.equal(await page.locator("#organiser-error").count(), 0);
    assert.equal((await items.count()) + 1, before.length);
    await page.getByLabel("No", { exact: true }).check();
    await page.locator("#event_date-day").fill("1");
    await page.locator("#event_date-month").fill("6");
    await page.locator("#event_date-year").fill("2030");
    assert.equal(await summary.count(), 0);
  });

  test("tells of every change, and lets the page's owner keep it from being sent", async (t) => {
    const page = await openEvent(t);
    await page.evaluate(() => {
      globalThis.seen = [];
      document.addEventListener("counterfoil-change", (event) => {
        globalThis.seen.push(event.detail.missing.includes("organiser"));
        globalThis.report = event.target.report;
      });
      document.addEventListener("counterfoil-submit", (event) => {
        globalThis.seen.push(event.detail.status);
        event.preventDefault();
      });
    });
    await page.locator("#organiser").check();
    await page.getByRole("button", { name: "Continue" }).click();
    assert.deepEqual(await page.evaluate(() => globalThis.seen), [false, "incomplete"]);
    assert.equal(await page.evaluate(() => globalThis.report.answers.organiser), "neighbours");
    assert.match(page.url(), /\/event$/);
  });

  test("works as the server drew it where the engine cannot be loaded", async (t) => {
    const page = await openPage(t, browser);
    await page.addInitScript(() => {
      document.addEventListener("counterfoil-error", (event) => {
        globalThis.failure = event.detail;
      });
    });
    await page.route("**/counterfoil.wasm", (route) => route.abort());
    await page.goto(`${office.url}/forms/street-party/event`);
    await page.waitForFunction(() => globalThis.failure);
    assert.equal(await page.locator("[data-followed]").count(), 0);

    await page.locator("#event_date-day").fill("40");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.locator("#event_date-error").waitFor();
    assert.equal(await page.locator("#event_date-day").inputValue(), "40");
  });

  test("works out by itself what it says of the figures that it sends", async (t) => {
    // A page that a worker fetches passes by what is changed on its way here.
    const page = await openPage(t, browser, { serviceWorkers: "block" });
    const hash = page.locator("input[name=report_sha256]");
    const total = page.locator("input[name='shown.fees.total']");
    await page.goto(`${office.url}/forms/street-party`);
    await page.getByRole("button", { name: "Fill in an example" }).click();
    await page.waitForURL("**/check-answers");

    let drawn;
    await page.route("**/check-answers", async (route) => {
      const response = await route.fetch();
      drawn = await response.text();
      const body = drawn.replace(/(name="(?:report_sha256|shown\.fees\.total)" value=")[^"]*/g, "$1");
      await route.fulfill({ response, body });
    });
    await page.reload();
    await followed(page);
    assert.match(drawn, new RegExp(`name="report_sha256" value="${await hash.inputValue()}"`));
    assert.match(drawn, new RegExp(`name="shown\\.fees\\.total" value="${await total.inputValue()}"`));
    assert.match(await hash.inputValue(), /^[0-9a-f]{64}$/);
    await assertAccessible(page);
  });
});

// Whole journeys: the README's five-minute walk, the building permit page by page with and without
// JavaScript, and the street party by keyboard alone.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { counterfoil, root, temporaryFolder } from "../support.mjs";
import { answer, assertStanding, at, fillIn, goOn, openSection, press, question } from "./filling.mjs";
import {
  DAY,
  assertAccessible,
  followed,
  openBrowser,
  openOffice,
  openPage,
  screenshot,
  shared,
} from "./support.mjs";

const TOTAL = 'input[name="shown.fees.total"]';

/** Pages of the building permit, with the questions that their own answers bring up. */
const PERMIT = {
  applicant: [],
  contact: [],
  address: [],
  site_address: ["site_street", "site_postcode"],
  site: [],
  hazards: ["site_flood_elevation_m"],
  project: [],
  dates: [],
  building: [],
  structures_page: [],
  works: [],
  contractor: ["contractor_name", "contractor_licence", "contractor_licence_expires"],
  options: [],
  declaration: [],
};

describe("journeys", () => {
  const suite = shared();
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  const exampleFile = (form) => join(root, "forms", form, "example.json");

  /** What `counterfoil eval` makes of answers, byte for byte. */
  function evaluated(form, answers, forms = join(root, "forms")) {
    const options = ["--as-of", DAY, "--format", "json"];
    return counterfoil(["eval", join(forms, form), "-", ...options], { input: answers });
  }

  const button = (page, name) => page.getByRole("button", { name, exact: true });
  const errorSummary = (page) => page.locator("[data-counterfoil=error-summary]");

  /** Downloads the record of what was sent, to be given to `receipt verify`. */
  async function download(t, page) {
    const started = page.waitForEvent("download");
    await page.locator('main a[href$="/receipt"]').click();
    const record = await started;
    const file = join(temporaryFolder(t), record.suggestedFilename());
    await record.saveAs(file);
    return file;
  }

  /** Fetches the office's keys from the office, as the README has it. */
  async function officeKeys(t) {
    const file = join(temporaryFolder(t), "keys.json");
    writeFileSync(file, await (await fetch(`${office.url}/.well-known/jwks.json`)).text());
    return file;
  }

  /** Fails unless both halves' hashes are shown, are equal, and are that of a report. */
  async function assertHalves(page, report) {
    const half = (name) => page.locator(`[data-half=${name}]`).innerText();
    assert.equal(await half("applicant"), await half("office"));
    assert.equal(await half("office"), createHash("sha256").update(report).digest("hex"));
    assert.equal(await page.locator("[data-halves]").getAttribute("data-halves"), "match");
  }

  /** From the page where the answers are checked to a receipt that holds without the office. */
  async function send(t, page, report) {
    await press(page, button(page, "Accept and send"));
    assert.match(page.url(), /\/confirmation\//);
    const reference = await page.locator("[data-reference]").innerText();
    assert.ok(page.url().endsWith(`/${reference}`));
    await assertHalves(page, report);
    const record = await download(t, page);
    const verified = counterfoil(["receipt", "verify", "--keys", await officeKeys(t), record]);
    assert.match(verified, new RegExp(`The receipt holds[\\s\\S]*${reference}`));
    assert.match(verified, new RegExp(JSON.parse(report).plan));
    return record;
  }

  test("the README's five-minute walk", async (t) => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const [walk] = /^## A five-minute walk$[\s\S]*?(?=^## )/m.exec(readme);
    /** A text that the README names, as it stands there. */
    const named = (text) => {
      assert.ok(walk.replace(/\s+/g, " ").includes(text), `the README's walk names “${text}”`);
      return text;
    };
    const page = await openPage(t, browser);
    const total = page.locator(TOTAL);
    const plan = page.locator("footer [data-plan]");
    const answers = readFileSync(exampleFile("street-party"), "utf8");
    const before = evaluated("street-party", answers);
    const expected = JSON.parse(before);

    // 1 The catalogue, 2 the example.
    await page.goto(office.url);
    const begin = async () => {
      await press(page, page.getByRole("link", { name: named("Apply to close a street for a party") }));
      await press(page, button(page, named("Fill in an example")));
      await page.waitForURL("**/check-answers");
    };
    await begin();
    await followed(page);
    assert.equal(await total.inputValue(), expected.fees.total);
    await press(page, page.getByRole("link", { name: named("Change") }).filter({ hasText: "How many stalls" }));
    await followed(page);
    const fees = page.locator("[data-live=fees]");
    await page.getByLabel("How many stalls?").fill("4");
    assert.match(await fees.innerText(), /Stall licences[\s\S]*£47\.20/);
    await page.getByLabel("How many stalls?").fill("3");
    await goOn(page);
    assert.equal(await total.inputValue(), expected.fees.total);

    // 3 What it costs and why.
    assert.match(await fees.innerText(), new RegExp(`£${expected.fees.total}`));
    await page.getByText(named("How this was worked out")).click();
    const reasons = page.locator("[data-live=why]");
    // Step by step, as one who wants to know opens them: what is open brings up the next ones.
    for (const closed = reasons.locator("details:not([open]) > summary:visible"); await closed.count(); )
      await closed.first().click();
    const why = await reasons.innerText();
    for (const part of [/Length closed/, /£11\.80/, /Fees Order 2026 \(invented\)/]) assert.match(why, part);

    // 4 Cheat.
    await followed(page);
    await total.evaluate((input) => (input.value = "1.00"));
    assert.equal(await total.getAttribute("name"), named("shown.fees.total"));
    await press(page, button(page, named("Accept and send")), 409);
    const refusal = await page.locator("main").innerText();
    for (const part of ["fees.total", "£1.00", `£${expected.fees.total}`, "Nothing has been sent"]) {
      assert.ok(refusal.includes(part), part);
    }

    // 5 Send honestly.
    await press(page, page.getByRole("link", { name: named("Check your answers") }));
    await followed(page);
    await press(page, button(page, "Accept and send"));
    await page.getByRole("heading", { name: named("Both halves") }).waitFor();
    await assertHalves(page, before);
    assert.equal(await page.getByRole("link", { name: named("Download your receipt") }).count(), 1);
    const confirmation = page.url();
    const record = await download(t, page);
    assert.match(walk, /curl -o office-keys\.json http:\/\/127\.0\.0\.1:8080\/\.well-known\/jwks\.json\n/);
    const [, options] = /counterfoil-cli -- (receipt verify .*)$/m.exec(walk);
    const files = { "office-keys.json": await officeKeys(t), "~/Downloads/street-party-*.json": record };
    const verified = counterfoil(options.split(" ").map((option) => files[option] ?? option));
    assert.ok(Object.keys(files).every((file) => options.split(" ").includes(file)), options);
    assert.match(verified, /The receipt holds/);
    assert.match(verified, new RegExp(expected.plan));

    // 6 Change the law.
    await press(page, page.getByRole("link", { name: named("All forms") }));
    await begin();
    const file = join(office.forms, named("forms/street-party/form.yaml").slice("forms/".length));
    const text = readFileSync(file, "utf8");
    t.after(() => writeFileSync(file, text));
    assert.match(text, new RegExp(`- from: 2026-01-01\\s+value: ${named("11.80")}`));
    writeFileSync(file, text.replace("value: 11.80", `value: ${named("12.80")}`));
    const changed = JSON.parse(evaluated("street-party", answers, office.forms));
    assert.notEqual(changed.plan, expected.plan);
    assert.notEqual(changed.fees.total, expected.fees.total);
    assert.equal(await total.inputValue(), expected.fees.total);
    assert.equal(await plan.getAttribute("data-plan"), expected.plan);
    await page.reload();
    assert.equal(await total.inputValue(), changed.fees.total);
    assert.equal(await plan.getAttribute("data-plan"), changed.plan);
    await page.goto(confirmation);
    assert.equal(await plan.getAttribute("data-plan"), expected.plan);
    assert.match(await page.locator("main").innerText(), new RegExp(`£${expected.fees.total}`));
  });

  for (const javaScript of [true, false]) {
    const how = javaScript ? "with JavaScript" : "without JavaScript";
    test(`the building permit, page by page, ${how}`, async (t) => {
      const page = await openPage(t, browser, { javaScript, viewport: { width: 375, height: 800 } });
      const answers = JSON.parse(readFileSync(exampleFile("building-permit"), "utf8"));
      const given = [];
      const ready = async () => {
        if (javaScript && (await page.locator("counterfoil-form").count())) await followed(page);
      };
      await page.goto(office.url);
      await press(page, page.getByRole("link", { name: "Apply for a residential building permit" }));
      await press(page, "a.govuk-button--start");

      for (const [id, revealed] of Object.entries(PERMIT)) {
        await openSection(page);
        assert.equal(new URL(page.url()).pathname, `/forms/building-permit/${id}`);
        await ready();
        if (id === "contact") await makeMistakes(page, answers, ready);
        if (id === "structures_page") {
          given.push(...(await addRecords(page, answers, ready)));
          continue;
        }
        for (const path of revealed) assert.equal(await question(page, path).isVisible(), false, path);
        const filled = await fillIn(page, answers);
        given.push(...filled);
        if (javaScript) {
          assert.deepEqual(filled.filter((path) => revealed.includes(path)), revealed, "shown at once");
        } else if (revealed.length > 0) {
          given.push(...(await answerNewQuestions(page, answers, filled, revealed)));
        }
        await goOn(page);
      }

      await openSection(page);
      assert.match(page.url(), /\/check-answers$/);
      await ready();
      const unanswered = Object.keys(answers).filter((name) => !given.some((path) => path.split("[")[0] === name));
      assert.deepEqual(unanswered, [], "every answer of the example was given");
      const report = evaluated("building-permit", JSON.stringify(answers));
      const { total } = JSON.parse(report).fees;
      assert.equal(await page.locator(TOTAL).inputValue(), total);
      const shown = Number(total).toLocaleString("en", { minimumFractionDigits: 2 });
      assert.equal(await page.locator(".cf-total").innerText(), `€${shown}`);

      const record = JSON.parse(readFileSync(await send(t, page, report), "utf8"));
      assert.equal(evaluated("building-permit", JSON.stringify(record.answers)), report);
    });
  }

  /** Leaves the page of contact details with mistakes: what is wrong is said, what was typed is kept. */
  async function makeMistakes(page, answers, ready) {
    const mistaken = { applicant_email: "ada at example", applicant_contact_by: ["phone", "post"] };
    for (const [path, value] of Object.entries(mistaken)) await answer(page, path, value);
    await goOn(page, 422);
    await ready();
    assert.match(await page.title(), /^Error: /);
    assert.equal(await errorSummary(page).getByRole("heading").innerText(), "There is a problem");
    assert.equal(await errorSummary(page).evaluate((summary) => summary === document.activeElement), true);
    const links = errorSummary(page).getByRole("link");
    for (const [index, path] of ["applicant_email", "applicant_phone"].entries()) {
      const message = (await links.nth(index).innerText()).trim();
      const atQuestion = await question(page, path).locator(".govuk-error-message").innerText();
      assert.equal(atQuestion.replace(/\s+/g, " ").trim(), `Error: ${message}`);
      await links.nth(index).click();
      assert.equal(await page.locator(":focus").getAttribute("name"), path);
    }
    assert.equal(await links.count(), 2);
    for (const [path, value] of Object.entries(mistaken)) await assertStanding(page, path, value);
    await page.locator('[name=applicant_contact_by][value="post"]').uncheck();
    await answer(page, "applicant_contact_by", answers.applicant_contact_by);
  }

  /** Without JavaScript: the questions that answers bring up come with the next page, which says so. */
  async function answerNewQuestions(page, answers, filled, revealed) {
    assert.ok(!filled.some((path) => revealed.includes(path)));
    const url = page.url();
    await goOn(page, 200);
    assert.equal(page.url(), url);
    assert.equal(await errorSummary(page).count(), 0);
    const links = page.locator(".govuk-notification-banner").getByRole("link");
    assert.equal(await links.count(), revealed.length);
    for (const path of filled) await assertStanding(page, path, at(answers, path));
    const more = await fillIn(page, answers, filled);
    assert.deepEqual(more, revealed);
    return more;
  }

  /** Adds the records of a group, one by one. */
  async function addRecords(page, answers, ready) {
    const given = [];
    for (let record = 0; record < answers.structures.length; record += 1) {
      const add = record === 0 ? "Add the first structure" : "Add another structure";
      await press(page, page.locator("main a", { hasText: add }));
      await ready();
      assert.equal(await page.locator("h1").innerText(), `Structure ${record + 1}`);
      given.push(...(await fillIn(page, answers)));
      await goOn(page);
      await ready();
      assert.match(page.url(), /\/structures_page$/);
      assert.equal(await page.locator("main dt").count(), record + 1);
    }
    // A number that says nothing by itself comes with its question.
    assert.match(await page.locator("main dd").first().innerText(), /412\.25 m²\s+Storeys 4$/);
    await goOn(page);
    return given;
  }

  test("the street party by keyboard alone", async (t) => {
    const page = await openPage(t, browser);
    const keyboard = page.keyboard;
    const focus = page.locator(":focus");

    /** Presses Tab until the focus is there; every stop on the way can be seen. */
    async function tabTo(target) {
      for (let stops = 0; stops < 40; stops += 1) {
        await keyboard.press("Tab");
        assert.equal(await focus.count(), 1, "the focus is somewhere");
        const box = await focus.boundingBox();
        const { innerHeight } = await page.evaluate(() => ({ innerHeight: window.innerHeight }));
        assert.ok(box.height > 0 && box.y < innerHeight && box.y + box.height > 0, "the focus is in sight");
        if (await target.evaluate((element) => element === document.activeElement)) return;
      }
      assert.fail(`Tab does not reach ${target}`);
    }
    /** Goes to a link or button and presses a key on it, which leads to another page. */
    async function go(target, key = "Enter") {
      await tabTo(target);
      const shown = page.waitForEvent("framenavigated");
      await keyboard.press(key);
      await shown;
      await page.waitForLoadState();
      if (await page.locator("counterfoil-form").count()) await followed(page);
    }
    async function type(target, text) {
      await tabTo(target);
      await keyboard.type(text);
    }
    const named = (name) => page.locator(`[name="${name}"]`);
    const continues = () => go(button(page, "Continue"));

    await page.goto(office.url);
    await keyboard.press("Tab");
    assert.equal(await focus.innerText(), "Skip to main content");
    await keyboard.press("Enter");
    await go(page.getByRole("link", { name: "Apply to close a street for a party" }));
    await go(page.locator("a.govuk-button--start"));

    // Nothing is answered: the summary has the focus, and its first link leads to the first question.
    await continues();
    assert.equal(await errorSummary(page).evaluate((summary) => summary === document.activeElement), true);
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    assert.equal(await focus.getAttribute("name"), "event_date.day");
    await keyboard.type("15");
    await type(named("event_date.month"), "June");
    await type(named("event_date.year"), "2030");
    await tabTo(named("organiser").first());
    await keyboard.press("ArrowDown");
    await assertStanding(page, "organiser", "charity");
    await tabTo(named("sells_food").first());
    await keyboard.press("Space");
    await type(named("stalls"), "3");
    await continues();

    for (const [name, metres] of [["Harbour Street", "120.5"], ["Mill Lane", "60"]]) {
      await go(page.locator("main form a.govuk-button"));
      await type(page.getByLabel("Street", { exact: true }), name);
      await type(page.getByLabel("Length to close"), metres);
      await continues();
    }
    await continues();
    assert.match(page.url(), /\/check-answers$/);
    await tabTo(page.locator("summary", { hasText: "How this was worked out" }));
    await keyboard.press("Enter");
    assert.equal(await page.locator("[data-live=why]").isVisible(), true);
    await assertAccessible(page);
    await go(button(page, "Accept and send"), "Space");
    assert.match(page.url(), /\/confirmation\//);
    assert.match(await page.locator("[data-reference]").innerText(), /\S/);
    await screenshot(page, "keyboard-confirmation");
  });
});

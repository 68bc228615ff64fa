// Every kind of page in every state that it has, in each language of its form: axe and the Nu validator
// find nothing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { counterfoil, root } from "../support.mjs";
import { answer, fillIn, goOn, isTaskList, openSection, press } from "./filling.mjs";
import { forgetPages, hasJava, openInspected, validatorFindings } from "./inspection.mjs";
import { DAY, followed, openBrowser, openOffice, shared } from "./support.mjs";

const PROJECT_FORMS = join(root, "forms");
/** Every form of the project, but the one that is looked at in each of its languages. */
const FORMS = readdirSync(PROJECT_FORMS)
  .filter((form) => existsSync(join(PROJECT_FORMS, form, "form.yaml")))
  .filter((form) => form !== "street-party");
const OWN_FORMS = join(root, "tests/browser/forms");
const ADD = "main form a.govuk-button";
const ERRORS = "[data-counterfoil=error-summary]";
const NOTICE = ".govuk-notification-banner";
const REMOVE = "button[name=_remove]";
const SEND = 'form[action$="/submit"] button[type=submit]';
/** What the names of pages begin with that are made wrong, to see that it is found. */
const WRONG = "wrong-";
const TOTAL = 'input[name="shown.fees.total"]';

describe("pages", () => {
  const suite = shared();
  let office, browser;
  before(async () => {
    forgetPages();
    office = await openOffice(suite, { also: OWN_FORMS });
    browser = await openBrowser(suite);
  });

  /** The first language of a form. */
  const language = (form) => {
    const text = readFileSync(join(office.forms, form, "form.yaml"), "utf8");
    return /^languages:(?: \[|\s+- )([\w-]+)/m.exec(text)[1];
  };
  /** What `counterfoil eval` makes of a form's example, byte for byte. */
  const evaluated = (form) => {
    const folder = join(PROJECT_FORMS, form);
    return counterfoil(["eval", folder, join(folder, "example.json"), "--as-of", DAY, "--format", "json"]);
  };
  const example = (form) => JSON.parse(readFileSync(join(office.forms, form, "example.json"), "utf8"));

  describe("please axe", { concurrency: 2 }, () => {
    for (const javaScript of [true, false]) {
      const how = javaScript ? "with JavaScript" : "without JavaScript";
      for (const locale of ["en", "cy"]) {
        const inspected = async (t, name) => {
          const mode = javaScript ? "script" : "plain";
          return openInspected(t, browser, { javaScript, locale, name: `${locale}-${mode}-${name}` });
        };

        test(`of the street party, ${locale}, ${how}`, async (t) => {
          const inspection = await inspected(t, "party");
          const { page, look } = inspection;
          const go = (path) => page.goto(`${office.url}${path}`);
          await go(`/?lang=${locale}`);
          assert.equal(await page.locator("[data-unavailable=typo]").count(), 1);
          await look("catalogue");

          await walk("street-party", inspection, example("street-party"));
          await press(page, "main a[href*='/1?change']");
          await look("change-record");
          await answer(page, "streets[0].metres", 900);
          await goOn(page);
          await goOn(page);
          await look("check-answers-ineligible");
          await press(page, "main a[href*='/1?change']");
          await answer(page, "streets[0].metres", 120.5);
          await goOn(page);
          await goOn(page);

          await page.locator("input[name=report_sha256]").evaluate((input) => (input.value = "0".repeat(64)));
          await press(page, SEND, 409);
          assert.equal(await page.locator(SEND).count(), 0);
          await look("outdated");
          await go("/forms/street-party/check-answers");

          if (javaScript) await followed(page);
          await page.locator(TOTAL).evaluate((input) => (input.value = "1.00"));
          await press(page, SEND, 409);
          assert.equal(await page.locator("[data-path='fees.total']").count(), 1);
          await look("changed");
          await press(page, SEND);
          assert.match(page.url(), /\/confirmation\//);
          await look("confirmation");
          assertNothingFound(inspection);
        });

        test(`of the market, ${locale}, ${how}`, async (t) => {
          const inspection = await inspected(t, "market");
          const { page, look } = inspection;
          const go = (path) => page.goto(`${office.url}${path}`);
          await go(`/?lang=${locale}`);
          await go("/forms/market/check-answers");
          await look("expired");
          await go("/forms/winter");
          await look("closed");
          await go("/forms/none");
          await look("not-found");

          await walk("market", inspection, example("market"));

          const received = page.locator('input[name="shown.entitlements.total"]');
          if (javaScript) await followed(page);
          await received.evaluate((input) => (input.value = "9".repeat(60)));
          await press(page, SEND, 409);
          const caption = page.locator("[data-path='entitlements.total'] caption");
          assert.match(await caption.innerText(), /^\S.*\S\sentitlements\.total$/);
          await look("changed");
          await go("/forms/market/check-answers");

          // Another window changes the answers to some that the form does not take.
          const window = await page.context().newPage();
          await window.goto(`${office.url}/forms/market/size?change`);
          await answer(window, "stalls", 21);
          await goOn(window);
          await window.close();
          await press(page, SEND);
          assert.equal(await page.locator("[data-decision=market]").count(), 1);
          await look("stopped");
          await go("/forms/market/check-answers");
          assert.equal(await page.locator(SEND).count(), 0);
          await look("check-answers-stopped");

          await go("/forms/market/notes");
          await page.locator("#notes").evaluate((control) => (control.value = "x".repeat(1 << 20)));
          await goOn(page, 413);
          await look("too-large");
          await go("/forms/market/notes");
          await page.locator("main form").evaluate((form) => (form.enctype = "text/plain"));
          await goOn(page, 400);
          await look("unreadable");

          await page.route("http://elsewhere.example/", (route) => {
            const action = `${office.url}/forms/market/notes`;
            const body = `<form method="post" action="${action}"><button>Send</button></form>`;
            return route.fulfill({ contentType: "text/html", body });
          });
          await page.goto("http://elsewhere.example/");
          await press(page, "button", 403);
          // A post from elsewhere brings no cookie along that would tell the language.
          await look("cross-site", "en");

          await go("/forms/spoilt");
          await press(page, "form[action$='/example'] button", 500);
          await look("failed");
          assertNothingFound(inspection);
        });
      }

      // Every state of every page as the office draws it; what a script makes of them is looked at page
      // by page, and in all its states above.
      const through = javaScript ? pass : walk;
      for (const form of FORMS) {
        test(`of ${form}, ${how}`, async (t) => {
          const name = `${javaScript ? "script" : "plain"}-${form}`;
          const inspection = await openInspected(t, browser, { javaScript, locale: language(form), name });
          const { page, look } = inspection;
          await through(form, inspection, example(form));
          if (javaScript) await followed(page);
          await press(page, SEND);
          assert.match(page.url(), /\/confirmation\//);
          const half = (of) => page.locator(`[data-half=${of}]`).innerText();
          const report = evaluated(form);
          assert.equal(await half("office"), createHash("sha256").update(report).digest("hex"));
          assert.equal(await half("applicant"), await half("office"));
          await look("confirmation");
          assertNothingFound(inspection);
        });
      }
    }
  });

  test("are found to be wrong where they are", async (t) => {
    for (const javaScript of [true, false]) {
      const name = `${WRONG}${javaScript ? "script" : "plain"}`;
      const { page, look, findings } = await openInspected(t, browser, { javaScript, locale: "en", name });
      await page.route("**/forms/winter", async (route) => {
        const response = await route.fetch();
        const body = (await response.text()).replace("</h1>", '</h1><img src="data:,">');
        await route.fulfill({ response, body });
      });
      await page.goto(`${office.url}/forms/winter`);
      await look("image");
      assert.deepEqual(findings.map(({ id }) => id), ["image-alt"], name);
    }
  });

  // A contributor without Java goes without it; where everything is checked it must be there.
  const skip = !hasJava() && !process.env.CI && "skipped: java is not installed";
  test("please the Nu validator", { skip }, () => {
    const findings = validatorFindings();
    const isWrong = ({ page }) => page.startsWith(WRONG);
    assert.deepEqual(findings.filter((finding) => !isWrong(finding)), []);
    assert.ok(findings.some(isWrong), "the validator finds what is wrong");
  });

  /** Goes through a whole form as far as the page where the answers are checked. */
  async function walk(form, { page, look }, answers) {
    const start = `${office.url}/forms/${form}`;
    const id = () => new URL(page.url()).pathname.split("/").at(-1);
    await page.goto(start);
    await look("start");
    await press(page, "a.govuk-button--start");
    for (let number = 1; id() !== "check-answers"; number += 1) {
      if (isTaskList(page)) {
        await look(`task-list-${number}`);
        await openSection(page);
        if (id() === "check-answers") break;
      }
      const at = id();
      await look(at);
      const isList = (await page.locator(ADD).count()) > 0;
      await (isList ? list(page, look, at, answers) : questions(page, look, at, answers));
      if (number > 1) continue;
      const next = page.url();
      await page.goto(start);
      await look("start-again");
      await page.goto(`${start}/check-answers`);
      assert.ok((await page.locator(ERRORS).count()) > 0);
      await look("check-answers-unfinished");
      await page.goto(next);
    }
    await look("check-answers");
    await press(page, "dl a[href*='?change']");
    await look("change");
    await goOn(page);
    assert.equal(id(), "check-answers");
  }

  /** Goes through a whole form as somebody does who knows all the answers. */
  async function pass(form, { page, look }, answers) {
    const given = [];
    const id = () => new URL(page.url()).pathname.split("/").at(-1);
    await page.goto(`${office.url}/forms/${form}`);
    await press(page, "a.govuk-button--start");
    for (;;) {
      if (isTaskList(page)) {
        await look(`task-list-${given.length}`);
        await openSection(page);
      }
      if (id() === "check-answers") break;
      const at = id();
      await followed(page);
      if ((await page.locator(ADD).count()) > 0) {
        given.push(...(await records(page, answers)));
      } else {
        given.push(...(await fillIn(page, answers)));
      }
      await look(at);
      const url = page.url();
      await goOn(page);
      assert.notEqual(page.url(), url);
    }
    const unanswered = Object.keys(answers).filter(
      (name) => !given.some((path) => path.split("[")[0] === name) && answers[name].length !== 0,
    );
    assert.deepEqual(unanswered, [], "every answer of the example was given");
    await look("check-answers");
  }

  /** Adds the records of a list, of which the first tells whose they are. */
  async function records(page, answers) {
    const url = page.url();
    const given = [];
    for (let count = 1; ; count += 1) {
      await press(page, ADD);
      await followed(page);
      const group = await groupAsked(page);
      if (count > (answers[group]?.length ?? 0)) {
        await page.goto(url);
        break;
      }
      given.push(...(await fillIn(page, answers)));
      await goOn(page);
      if (count === answers[group].length) break;
    }
    await followed(page);
    return given;
  }

  /** The group whose record is asked on the page. */
  async function groupAsked(page) {
    const path = await page.locator("form [data-path*='].']").first().getAttribute("data-path");
    return path.split("[")[0];
  }

  /** A page of questions: left out, answered in part, answered. */
  async function questions(page, look, id, answers) {
    const url = page.url();
    await goOn(page);
    if (page.url() === url) {
      assert.ok((await page.locator(ERRORS).count()) > 0, id);
      await look(`${id}-errors`);
    } else {
      await page.goto(url);
    }
    const given = await fillIn(page, answers);
    await goOn(page);
    // Answers bring up questions, and the answers to these bring up others.
    for (let round = 1; page.url() === url; round += 1) {
      assert.ok((await page.locator(NOTICE).count()) > 0, id);
      await look(`${id}-new-${round}`);
      const more = await fillIn(page, answers, given);
      assert.ok(more.length > 0, id);
      given.push(...more);
      await goOn(page);
    }
  }

  /** A list of records: empty, with one that is wrong, full, with one removed. */
  async function list(page, look, id, answers) {
    const url = page.url();
    await goOn(page);
    if (page.url() === url) {
      assert.ok((await page.locator(ERRORS).count()) > 0, id);
      await look(`${id}-errors`);
    } else {
      await page.goto(url);
    }
    await press(page, ADD);
    await look(`${id}-record`);
    const records = answers[await groupAsked(page)] ?? [];
    if (records.length === 0) {
      await page.goto(url);
      return goOn(page);
    }
    await goOn(page, 422);
    await look(`${id}-record-errors`);
    await page.goto(url);
    await goOn(page, 422);
    await look(`${id}-wrong`);
    await press(page, `main dl a[href*="/${id}/1"]`);
    for (let record = 1; ; record += 1) {
      await fillIn(page, answers);
      await goOn(page);
      if (record === records.length) break;
      await press(page, ADD);
    }
    await look(`${id}-records`);
    await press(page, page.locator(REMOVE).last());
    assert.equal(await page.locator(REMOVE).count(), records.length - 1);
    await look(`${id}-removed`);
    await press(page, ADD);
    await fillIn(page, answers);
    await goOn(page);
    await goOn(page);
    assert.notEqual(page.url(), url);
  }

  function assertNothingFound({ findings, looked }) {
    assert.deepEqual(findings, [], `axe finds something on one of ${looked.join(", ")}`);
  }
});

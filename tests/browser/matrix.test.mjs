// Every kind of page in both themes, both directions, on a phone and a desktop, light, dark and in forced
// colours: so that every two of these meet, or all of them where `MATRIX=full`. Each is looked at by axe, may
// cut nothing off, and leaves a picture in target/screenshots/matrix.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { root } from "../support.mjs";
import { answer, fillIn, goOn, openSection, press } from "./filling.mjs";
import { PHONE, cutOff } from "./layout.mjs";
import { every, pairwise } from "./pairwise.mjs";
import { axeFindings, followed, openBrowser, openOffice, openPage, screenshot, shared } from "./support.mjs";

const OWN_FORMS = join(root, "tests/browser/forms");
const HARBOUR = join(root, "target/themes/harbour");
const FACTORS = {
  theme: ["default", "harbour"],
  direction: ["ltr", "rtl"],
  device: ["phone", "desktop"],
  scheme: ["light", "dark", "forced"],
};
const LOCALES = { ltr: "en", rtl: "ar" };
const SCREENS = { phone: PHONE, desktop: { width: 1280, height: 900 } };
const SCHEMES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { forcedColors: "active" },
};
const answers = JSON.parse(readFileSync(join(OWN_FORMS, "fair/example.json"), "utf8"));

describe("looks", { concurrency: 2 }, () => {
  const suite = shared();
  const offices = {};
  let browser;
  before(async () => {
    offices.default = await openOffice(suite, { also: OWN_FORMS });
    offices.harbour = await openOffice(suite, { also: OWN_FORMS, options: ["--theme", HARBOUR] });
    browser = await openBrowser(suite);
  });

  test("are combined so that every two values meet", () => {
    const chosen = pairwise(FACTORS);
    assert.ok(chosen.length < every(FACTORS).length / 2, `${chosen.length} combinations`);
    for (const { theme, scheme } of every({ theme: FACTORS.theme, scheme: FACTORS.scheme })) {
      assert.ok(chosen.some((one) => one.theme === theme && one.scheme === scheme));
    }
  });

  const combinations = process.env.MATRIX === "full" ? every(FACTORS) : pairwise(FACTORS);
  for (const combination of combinations) {
    const { theme, direction, device, scheme } = combination;
    const name = Object.values(combination).join("-");
    test(`hold: ${name}`, async (t) => {
      const { url } = offices[theme];
      const page = await openPage(t, browser, { viewport: SCREENS[device], ...SCHEMES[scheme] });
      const findings = [];
      async function look(kind) {
        if ((await page.locator("counterfoil-form").count()) > 0) await followed(page);
        await screenshot(page, `matrix/${kind}-${name}`);
        assert.equal(await page.locator("html").getAttribute("dir"), direction, kind);
        assert.equal(await page.locator(".harbour-line").count(), theme === "harbour" ? 1 : 0, kind);
        findings.push(...(await axeFindings(page)).map((finding) => ({ kind, ...finding })));
        findings.push(...(await cutOff(page)).map((cut) => ({ kind, cut })));
      }
      const go = (path) => page.goto(`${url}${path}`);
      const form = "/forms/fair";

      await go(`/?lang=${LOCALES[direction]}`);
      await look("catalogue");
      await go("/forms/none");
      await look("error-page");
      await go(form);
      await look("start");
      await press(page, "a.govuk-button--start");
      await look("task-list-new");
      await openSection(page);
      await look("questions");
      await goOn(page, 422);
      await look("questions-errors");
      await fillIn(page, answers);
      await goOn(page);
      await look("task-list-begun");
      await openSection(page);
      await look("list-empty");
      for (const _ of answers.crew) {
        await press(page, "main form a.govuk-button");
        await fillIn(page, answers);
        await goOn(page);
      }
      await look("list");
      await press(page, 'main dl a[href*="/crew_page/1"]');
      await look("record");
      await goOn(page);
      await goOn(page);
      await go(`${form}/check-answers`);
      await look("check-answers-unfinished");
      for (const id of ["papers_page", "night_page"]) {
        await go(`${form}/${id}`);
        if (id === "papers_page") await look("document");
        await fillIn(page, answers);
        await goOn(page);
      }
      await look("task-list-done");
      await openSection(page);
      await look("check-answers");
      await go(`${form}/kind_page?change`);
      await answer(page, "frontage", direction === "rtl" ? "50,5" : "50.5");
      await goOn(page);
      await look("check-answers-ineligible");
      await go(`${form}/kind_page?change`);
      await answer(page, "frontage", "32");
      await goOn(page);
      await followed(page);
      const send = 'form[action$="/submit"] button[type=submit]';
      await page.locator('input[name="shown.fees.total"]').evaluate((input) => (input.value = "1.00"));
      await press(page, send, 409);
      await look("changed");
      await press(page, send);
      assert.match(page.url(), /\/confirmation\//);
      assert.equal(await page.locator("[data-files] li").count(), 1);
      await look("confirmation");
      await page.emulateMedia({ media: "print" });
      await screenshot(page, `matrix/record-on-paper-${name}`);
      for (const part of [".govuk-button", ".govuk-language-navigation", ".govuk-skip-link"]) {
        assert.equal(await page.locator(part).first().isVisible(), false, `${part} is not printed`);
      }
      const ink = await page.locator("main h2").first().evaluate((heading) => getComputedStyle(heading).color);
      if (scheme !== "forced") assert.match(ink, /^rgb\((\d|[1-5]\d), /, "paper has dark letters");
      assert.deepEqual(findings, []);
    });
  }

  test("differ from theme to theme", async (t) => {
    const style = async (theme) => {
      const page = await openPage(t, browser);
      await page.goto(`${offices[theme].url}/forms/fair`);
      return page.locator("h1").evaluate((heading) => {
        const button = getComputedStyle(document.querySelector(".govuk-button"));
        return [getComputedStyle(heading).fontFamily, button.backgroundColor, button.borderRadius];
      });
    };
    const [own, other] = [await style("default"), await style("harbour")];
    own.forEach((value, index) => assert.notEqual(value, other[index]));
  });
});

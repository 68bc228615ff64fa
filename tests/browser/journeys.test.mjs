// Whole journeys: the README's five-minute walk, and the building permit with and without JavaScript.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { counterfoil, root, temporaryFolder } from "../support.mjs";
import {
  assertAccessible,
  followed,
  openBrowser,
  openOffice,
  openPage,
  screenshot,
  shared,
} from "./support.mjs";

const TOTAL = 'input[name="shown.fees.total"]';
const SEND = 'form[action$="/submit"] button[type=submit]';

describe("journeys", () => {
  const suite = shared();
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  /** From the catalogue to the check-answers page, with the form's own example. */
  async function fillInExample(page, form) {
    await page.goto(office.url);
    await assertAccessible(page);
    await screenshot(page, "catalogue");
    await page.locator(`a[href="/forms/${form}"]`).first().click();
    await assertAccessible(page);
    await screenshot(page, `${form}-start`);
    await page.getByRole("button", { name: "Fill in an example" }).click();
    await page.locator(TOTAL).waitFor({ state: "attached" });
  }

  /** What `counterfoil eval` makes of the form's example today. */
  function example(form, folder = join(root, "forms")) {
    const answers = join(root, "forms", form, "example.json");
    return JSON.parse(counterfoil(["eval", join(folder, form), answers, "--format", "json"]));
  }

  async function saveRecord(t, page) {
    const started = page.waitForEvent("download");
    await page.locator('a[href$="/receipt"]').click();
    const download = await started;
    const file = join(temporaryFolder(t), download.suggestedFilename());
    await download.saveAs(file);
    return file;
  }

  test("the five-minute walk", async (t) => {
    const page = await openPage(t, browser);
    await fillInExample(page, "street-party");
    await followed(page);
    const expected = example("street-party");
    assert.equal(await page.locator(TOTAL).inputValue(), expected.fees.total);
    assert.match(await page.locator("[data-live=fees]").innerText(), new RegExp(`£${expected.fees.total}`));
    const why = page.locator("details", { has: page.locator("[data-live=why]") });
    await why.locator("summary").click();
    assert.match(await page.locator("[data-live=why]").innerText(), /£11\.80/);
    await assertAccessible(page);
    await screenshot(page, "street-party-check-answers");

    // Cheat: the figure shown is not the one that the answers come to.
    await page.locator(TOTAL).evaluate((input) => (input.value = "1.00"));
    await page.locator(SEND).click();
    const refusal = await page.locator("main").innerText();
    assert.match(refusal, /fees\.total/);
    assert.match(refusal, /1\.00/);
    assert.match(refusal, new RegExp(expected.fees.total.replace(".", "\\.")));
    await assertAccessible(page);
    await screenshot(page, "street-party-changed");

    // Send honestly.
    await page.goto(`${office.url}/forms/street-party/check-answers`);
    await followed(page);
    await page.locator(SEND).click();
    await page.waitForURL(/confirmation/);
    await assertAccessible(page);
    await screenshot(page, "street-party-confirmation");
    const hashes = (await page.locator("main").innerHTML()).match(/\b[0-9a-f]{64}\b/g) ?? [];
    assert.ok(hashes.length >= 2, "both halves' hashes are shown");
    assert.equal(hashes[0], hashes[1], "the browser's report and the office's are the same");
    const verified = counterfoil(["receipt", "verify", await saveRecord(t, page)]);
    assert.match(verified, new RegExp(expected.plan));

    // Change the law: the new figure is there, under a new plan.
    const file = join(office.forms, "street-party/form.yaml");
    const text = readFileSync(file, "utf8");
    assert.match(text, /value: 11\.80/);
    writeFileSync(file, text.replace("value: 11.80", "value: 12.80"));
    await fillInExample(page, "street-party");
    const changed = example("street-party", office.forms);
    assert.notEqual(changed.plan, expected.plan);
    assert.notEqual(changed.fees.total, expected.fees.total);
    assert.equal(await page.locator(TOTAL).inputValue(), changed.fees.total);
    assert.equal(await page.locator("footer [data-plan]").getAttribute("data-plan"), changed.plan);
    writeFileSync(file, text);
  });

  for (const javaScript of [true, false]) {
    const how = javaScript ? "with JavaScript" : "without JavaScript";
    test(`the building permit ${how}`, async (t) => {
      const page = await openPage(t, browser, {
        javaScript,
        viewport: { width: 375, height: 800 },
      });
      const check = javaScript ? () => assertAccessible(page) : async () => {};
      await fillInExamplePage(page, check);
      const expected = example("building-permit");
      assert.equal(await page.locator(TOTAL).inputValue(), expected.fees.total);

      // Every page of questions, as the applicant would see it on the way.
      const links = await page
        .locator('main a[href*="/forms/building-permit/"]')
        .evaluateAll((found) => found.map((link) => new URL(link.href).pathname));
      for (const path of new Set(links)) {
        await page.goto(`${office.url}${path}`);
        assert.equal(await page.locator("h1").count(), 1, path);
        await check();
        await screenshot(page, `permit${path.replace("/forms/building-permit", "").replaceAll("/", "-")}`);
      }

      await page.goto(`${office.url}/forms/building-permit/check-answers`);
      if (javaScript) await followed(page);
      await check();
      await screenshot(page, "permit-check-answers");
      await page.locator(SEND).click();
      await page.waitForURL(/confirmation/);
      await check();
      await screenshot(page, "permit-confirmation");
      const verified = counterfoil(["receipt", "verify", await saveRecord(t, page)]);
      assert.match(verified, new RegExp(expected.plan));
    });
  }

  async function fillInExamplePage(page, check) {
    await page.goto(`${office.url}/forms/building-permit`);
    await check();
    await page.getByRole("button", { name: "Fill in an example" }).click();
    await page.locator(TOTAL).waitFor({ state: "attached" });
  }
});

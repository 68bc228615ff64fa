// When a page says that something is wrong: not while somebody types for the first time, but once a question
// is left, and from then on while it is being mended. On the office's pages and on pages drawn in the browser.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";

import { openSite } from "./sites.mjs";
import { followed, openBrowser, openOffice, openPage, shared } from "./support.mjs";

describe("what is wrong is said", () => {
  const suite = shared();
  let browser;
  const pages = {};
  before(async () => {
    const office = await openOffice(suite);
    browser = await openBrowser(suite);
    const site = await openSite(suite, office.url);
    pages["the office's page"] = (page) => page.goto(`${office.url}/forms/street-party/event`);
    pages["a page drawn in the browser"] = async (page) => {
      await page.goto(site.url);
      await page.getByRole("link", { name: "Start now" }).click();
    };
  });

  for (const name of ["the office's page", "a page drawn in the browser"]) {
    test(`at the moments that people expect, on ${name}`, async (t) => {
      const page = await openPage(t, browser);
      await pages[name](page);
      await followed(page);
      const stalls = page.locator("#stalls");
      const error = page.locator("#stalls-error");
      const anyError = page.locator(".govuk-error-message");
      const leave = () => page.locator("#organiser").focus();

      // Whoever only passes through a question has done nothing wrong.
      for (let stops = 0; stops < 6; stops += 1) await page.keyboard.press("Tab");
      assert.equal(await anyError.count(), 0);

      // Not while typing for the first time, nor on the way to another part of the same question.
      await page.getByLabel("Yes").check();
      await stalls.pressSequentially("9a");
      assert.equal(await error.count(), 0);
      await leave();
      assert.match(await error.innerText(), /whole number/);

      // While it is being mended, the message follows what is typed, and goes when nothing is wrong.
      await stalls.focus();
      await page.keyboard.press("End");
      await page.keyboard.press("Backspace");
      assert.equal(await error.count(), 0);
      await page.keyboard.type("00");
      assert.match(await error.innerText(), /200 or less/);
      assert.equal(await stalls.evaluate((control) => control === document.activeElement), true);
      await page.keyboard.press("Backspace");
      assert.equal(await error.count(), 0);

      // An answer that was taken away again is missing, which is said of this question alone.
      await stalls.fill("");
      await leave();
      assert.equal(await error.count(), 1);
      assert.equal(await anyError.count(), 1);

      // Once sent, all of the page's questions may say it.
      await page.getByRole("button", { name: "Continue" }).click();
      await page.locator("[data-counterfoil=error-summary]").waitFor();
      assert.ok((await anyError.count()) > 1);
    });
  }
});

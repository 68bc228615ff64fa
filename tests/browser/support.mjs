// An office to visit and a browser to visit it with.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after } from "node:test";

import { chromium } from "playwright-core";

import { command, root, temporaryFolder } from "../support.mjs";

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The day that every office and every evaluation of these tests takes for today. */
export const DAY = "2026-06-01";

/**
 * What the tests of a `describe` share: like a test's context, it takes note of what to do in the end.
 * Called inside the `describe`.
 */
export function shared() {
  const steps = [];
  after(async () => {
    for (const step of steps.reverse()) await step();
  });
  return { after: (step) => steps.push(step) };
}

/**
 * Starts an office with a copy of the project's forms and empty data, on a free port; `also` names a
 * folder with further forms, `options` further options of `counterfoil serve`. Returns its address, the folders of forms and data, and what it has
 * printed.
 */
export async function openOffice(t, { also, options: further = [] } = {}) {
  const folder = temporaryFolder(t);
  const forms = join(folder, "forms");
  const data = join(folder, "data");
  cpSync(join(root, "forms"), forms, { recursive: true });
  if (also) cpSync(also, forms, { recursive: true });
  const options = ["--listen", "127.0.0.1:0", "--data", data, "--assets", join(root, "web/dist")];
  const office = spawn(command, ["serve", forms, ...options, "--as-of", DAY, "--drafts", ...further], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => office.once("exit", resolve));
  t.after(async () => {
    office.kill("SIGTERM");
    await ended;
  });
  const printed = [];
  createInterface({ input: office.stderr }).on("line", (line) => printed.push(line));
  const url = await new Promise((resolve, reject) => {
    const lines = createInterface({ input: office.stdout });
    lines.on("line", (line) => {
      printed.push(line);
      const address = /http:\/\/[\d.]+:\d+/.exec(line);
      if (address) resolve(address[0]);
    });
    ended.then((status) =>
      reject(new Error(`the office ended with ${status}:\n${printed.join("\n")}`)),
    );
  });
  return { url, forms, data, printed };
}

/** Starts Chromium; `COUNTERFOIL_CHROMIUM` names another than Debian's. */
export async function openBrowser(t) {
  const browser = await chromium.launch({
    executablePath: process.env.COUNTERFOIL_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  t.after(() => browser.close());
  return browser;
}

/**
 * Opens a page in a context of its own. Whatever the page reports as an error, a breach of the
 * content security policy among them, fails the test when it ends.
 */
export async function openPage(t, browser, { javaScript = true, ...options } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: javaScript, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A refused post is an answer like any other, though the browser logs its status.
    const isStatus = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isStatus) complaints.push(message.text());
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, [], "the page reported errors");
  });
  return page;
}

/** Waits until the page is followed by the engine. */
export async function followed(page) {
  await page.locator("counterfoil-form[data-followed]").waitFor({ state: "attached" });
}

/** What axe finds on the page as it now stands, with everything opened that can be opened. */
export async function axeFindings(page) {
  const closed = page.locator("details:not([open])");
  while ((await closed.count()) > 0) await closed.first().evaluate((details) => (details.open = true));
  // Evaluated from outside, which the page's policy does not forbid as it does an inline script.
  await page.evaluate(await axeSource);
  const { passes, violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { resultTypes: ["violations"] }),
  );
  assert.ok(passes.length > 10, `axe has looked at nothing on ${page.url()}`);
  return violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.html) }));
}

/** Fails where axe finds anything on the page. */
export async function assertAccessible(page) {
  assert.deepEqual(await axeFindings(page), [], `axe finds something on ${page.url()}`);
}

/** Takes a picture of the whole page into target/screenshots. */
export async function screenshot(page, name) {
  const path = join(root, "target/screenshots", `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path, fullPage: true });
}

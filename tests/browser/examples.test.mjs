// The examples that are not static files: each is built as its README says, and used in Chromium.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { before, describe, test } from "node:test";

import { counterfoil, root, temporaryFolder } from "../support.mjs";
import { serveFolder } from "./sites.mjs";
import { DAY, assertAccessible, followed, openBrowser, openOffice, openPage, screenshot, shared } from "./support.mjs";

describe("the examples", () => {
  const suite = shared();
  let browser;
  before(async () => {
    browser = await openBrowser(suite);
  });

  for (const example of ["vite-react", "vite-vue"]) {
    test(`${example} draws a form with components of its own`, async (t) => {
      // Inside the workspace, so that the packages are found.
      const folder = join(root, "target/examples", example);
      rmSync(folder, { recursive: true, force: true });
      cpSync(join(root, "examples", example), folder, {
        recursive: true,
        filter: (path) => !path.endsWith("node_modules"),
      });
      mkdirSync(join(folder, "public"), { recursive: true });
      counterfoil(["build", "forms/street-party", "--output", join(folder, "public/street-party.plan.json")]);
      counterfoil(["types", "forms/street-party", "--output", join(folder, "src/street-party.ts")]);
      node(folder, "typescript/bin/tsc");
      node(folder, "vite/bin/vite.js", "build", "--logLevel", "warn");

      const page = await openPage(t, browser);
      const site = await serveFolder(t, join(folder, "dist"));
      await page.goto(`${site.url}/?as-of=${DAY}`);
      await page.getByLabel("When is the party?").fill("2026-07-11");
      await page.getByLabel("Who organises it?").selectOption("charity");
      await page.getByLabel("Food will be sold").check();
      const stalls = page.getByLabel("How many stalls?");
      await stalls.pressSequentially("300");
      await page.getByRole("alert").waitFor();
      assert.equal(await stalls.getAttribute("aria-invalid"), "true");
      await assertAccessible(page);
      await stalls.fill("3");
      await page.getByRole("alert").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Add a street" }).click();
      await page.getByLabel("Name").fill("Harbour Street");
      await page.getByLabel("Metres to close").fill("180.5");
      await page.locator("[data-status=complete]").waitFor();
      assert.match(await page.locator("[data-total]").innerText(), /£69\.77/);
      await page.getByRole("button", { name: /worked out/ }).click();
      assert.match(await page.locator("pre").innerText(), /69\.77/);
      // What is hidden plays no part, in the same evaluation.
      await page.getByLabel("Food will be sold").uncheck();
      await page.getByText("Fee: £34.37").waitFor();
      assert.match(await page.locator("pre").innerText(), /^Total: £34\.37/);
      await assertAccessible(page);
      await screenshot(page, `example-${example}`);
    });
  }

  test("axum has the office's pages among its own", async (t) => {
    const data = temporaryFolder(t);
    const program = spawn(join(root, "target/debug/example-axum"), ["forms", "127.0.0.1:0", data], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => program.once("exit", resolve));
    t.after(async () => {
      program.kill("SIGTERM");
      await ended;
    });
    const url = await new Promise((resolve, reject) => {
      createInterface({ input: program.stdout }).on("line", (line) => resolve(/http:\S+/.exec(line)[0]));
      ended.then((status) => reject(new Error(`example-axum ended with ${status}`)));
    });
    const page = await openPage(t, browser);
    await page.goto(url);
    assert.equal(await page.locator("h1").innerText(), "Example City");
    await page.getByRole("link", { name: "Close a street" }).click();
    await page.getByRole("button", { name: "Start now" }).or(page.getByRole("link", { name: "Start now" })).click();
    await followed(page);
    await page.getByRole("radio", { name: "Yes" }).check();
    await page.locator("[data-path=stalls]:not([hidden])").waitFor();
    await assertAccessible(page);
    await page.goto(`${url}contact`);
    assert.match(await page.locator("main").innerText(), /0300/);
    assert.equal((await page.goto(`${url}nowhere`)).status(), 404);
  });

  describe("iframe", () => {
    /** The example's page, for an office at an address. */
    async function openFrame(t, office) {
      const folder = temporaryFolder(t);
      cpSync(join(root, "examples/iframe"), folder, { recursive: true });
      const page = join(folder, "index.html");
      writeFileSync(page, readFileSync(page, "utf8").replaceAll("https://office.example", office));
      return folder;
    }

    test("shows the office's pages where the operator allows it", async (t) => {
      // The site's address must be known before the office opens, and the office's before the page is.
      const site = temporaryFolder(t);
      const { url } = await serveFolder(t, site);
      const office = await openOffice(t, { options: ["--allow-embedding-by", url] });
      cpSync(await openFrame(t, office.url), site, { recursive: true });
      const page = await openPage(t, browser);
      await page.goto(url);
      const frame = page.frameLocator("iframe");
      await frame.getByRole("button", { name: "Start now" }).or(frame.getByRole("link", { name: "Start now" })).click();
      await frame.locator("counterfoil-form[data-followed]").waitFor({ state: "attached" });
      for (const [part, typed] of Object.entries({ day: "11", month: "7", year: "2026" })) {
        await frame.locator(`#event_date-${part}`).fill(typed);
      }
      await frame.getByRole("radio", { name: "Neighbours" }).check();
      await frame.getByRole("radio", { name: "No", exact: true }).check();
      await frame.getByRole("button", { name: "Continue" }).click();
      // The draft is there on the next page: on the same site, the cookie comes along.
      await frame.getByRole("link", { name: /^Add/ }).waitFor();
      await frame.getByRole("link", { name: /back/i }).first().click();
      await frame.locator("#event_date-day").waitFor();
      assert.equal(await frame.locator("#event_date-day").inputValue(), "11");
      await screenshot(page, "example-iframe");
    });

    test("shows nothing of the office to another site", async (t) => {
      const office = await openOffice(t, { options: ["--allow-embedding-by", "https://www.city.example"] });
      const { url } = await serveFolder(t, await openFrame(t, office.url));
      const page = await openPage(t, browser);
      const refused = new Promise((resolve) => {
        page.removeAllListeners("console");
        page.on("console", (message) => {
          if (message.text().includes("frame-ancestors")) resolve(message.text());
        });
      });
      await page.goto(url);
      assert.match(await refused, /https:\/\/www\.city\.example/);
      assert.doesNotMatch(await page.frameLocator("iframe").locator("body").innerText(), /close a street/);
    });
  });
});

/** Runs a program of the npm packages in a folder. */
function node(folder, path, ...args) {
  const run = spawnSync(process.execPath, [join(root, "node_modules", path), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (run.error) throw run.error;
  assert.equal(run.status, 0, `${path}:\n${run.stdout}${run.stderr}`);
}

// A form that stands by itself, without a network: it opens, evaluates, keeps the submission, and sends it
// once.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";

import { counterfoil, root, temporaryFolder } from "../support.mjs";
import { button, fillAll, goOn, press } from "./drawn.mjs";
import { answer } from "./filling.mjs";
import { openLine, openSite } from "./sites.mjs";
import { assertAccessible, openBrowser, openOffice, openPage, screenshot, shared } from "./support.mjs";

const FORM = "counterfoil-form";
const WAITING = "[data-waiting]";

/** In a page: looks until something that waits on the device has been answered; fails after so many milliseconds. */
const whenAnswered = async (limit) => {
  const isAnswered = () =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open("counterfoil");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const all = opening.result.transaction("waiting").objectStore("waiting").getAll();
        all.onerror = () => reject(all.error);
        all.onsuccess = () => {
          opening.result.close();
          resolve(all.result.some(({ answer }) => answer !== undefined));
        };
      };
    });
  const deadline = performance.now() + limit;
  while (!(await isAnswered())) {
    if (performance.now() > deadline) throw new Error(`nothing was answered in ${limit} ms`);
  }
};

/** In Chromium, while the pages of one version are open and another version of the worker waits for them to go:
 *  a promise that settles when that version has taken over, which takes it some time after the last page went. */
async function whenTaken(page) {
  const session = await page.context().newCDPSession(page);
  const waiting = new Set();
  let settle;
  const taken = new Promise((resolve) => (settle = resolve));
  session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
    for (const { versionId, status } of versions) {
      if (status === "installed") waiting.add(versionId);
      if (status === "activated" && waiting.has(versionId)) settle();
    }
  });
  await session.send("ServiceWorker.enable");
  return { taken };
}

describe("a form without a network", () => {
  const suite = shared();
  const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  let office, browser;
  before(async () => {
    office = await openOffice(suite);
    browser = await openBrowser(suite);
  });

  const ready = (page) => page.locator(`${FORM}[data-offline]`).waitFor();

  /** A site and an office's line of their own, and a page that has been visited once. */
  async function visit(t, options) {
    const line = await openLine(t, office.url);
    const site = await openSite(t, line.url);
    const page = await openPage(t, browser, options);
    await page.goto(site.url);
    await ready(page);
    return { line, site, page };
  }

  /** The network is back: the browser says so to every page. */
  const tellOnline = (page) => page.evaluate(() => globalThis.dispatchEvent(new Event("online")));
  const reference = async (page) => {
    await page.locator("[data-reference]").waitFor();
    return page.locator("[data-reference]").innerText();
  };

  /** Sends while neither the site nor the office can be reached. */
  async function sendInVain(page) {
    await button(page, "Accept and send").click();
    await page.locator(WAITING).waitFor();
  }

  test("opens, evaluates and keeps its submission, which is sent once when the network is back", async (t) => {
    const { line, site, page } = await visit(t, { viewport: { width: 360, height: 740 } });
    await Promise.all([line.stop(), site.stop()]);
    await page.reload();
    await fillAll(page, answers);
    assert.match(await page.locator("[data-live=fees]").innerText(), /£69\.77/);
    await sendInVain(page);
    assert.equal(await page.locator("h1").innerText(), "Kept on this device, not sent yet");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
    await assertAccessible(page);
    await screenshot(page, "offline-waiting");

    // Closed and opened again, still without a network, it says so again.
    const later = await page.context().newPage();
    await page.close();
    await later.goto(site.url);
    await later.locator(WAITING).waitFor();
    await line.start();
    await tellOnline(later);
    await reference(later);
    assert.equal(await later.locator("[data-halves]").getAttribute("data-halves"), "match");
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true]);
    await later.reload();
    await reference(later);
  });

  test("is sent once by two tabs that see the network come back", async (t) => {
    const { line, site, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await other.locator(WAITING).waitFor();
    await line.start();
    await Promise.all([tellOnline(page), tellOnline(other)]);
    assert.equal(await reference(page), await reference(other));
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true]);
  });

  test("does not push out what another tab has waiting", async (t) => {
    const { line, site, page } = await visit(t);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await fillAll(page, answers);
    await fillAll(other, answers);
    await press(other, other.getByRole("link", { name: "Change" }).filter({ hasText: "How many stalls" }));
    await answer(other, "stalls", 4);
    await goOn(other);
    await line.stop();
    await sendInVain(page);
    await button(other, "Accept and send").click();
    await other.getByRole("heading", { level: 1, name: /problem/i }).waitFor();
    await line.start();
    await tellOnline(page);
    const first = await reference(page);
    await press(other, other.locator("main a.govuk-button"));
    await button(other, "Accept and send").click();
    assert.notEqual(await reference(other), first);
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true, true]);
  });

  test("sends though the worker cannot be had", async (t) => {
    const line = await openLine(t, office.url);
    const site = await openSite(t, line.url);
    writeFileSync(join(site.folder, "counterfoil-worker.js"), "this is no script");
    const page = await openPage(t, browser);
    await page.goto(site.url);
    await fillAll(page, answers);
    await button(page, "Accept and send").click();
    await reference(page);
  });

  test("does not take the place of other answers that are being given", async (t) => {
    const { line, site, page } = await visit(t);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await press(other, other.getByRole("link", { name: "Start now" }));
    await other.locator("#event_date-day").fill("16");
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    await page.close();
    await other.reload();
    await other.getByRole("heading", { level: 2, name: "Kept on this device, not sent yet" }).waitFor();
    await line.start();
    await tellOnline(other);
    await other.getByText(/^Your reference: /).waitFor();
    assert.equal(await other.locator("#event_date-day").inputValue(), "16");
    await assertAccessible(other);
    // It is shown whole when the other answers are done with.
    await other.evaluate((form) => document.querySelector(form).erase(), FORM);
    await other.reload();
    await reference(other);
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true]);
  });

  test("is taken once where the office took it and its answer was lost", async (t) => {
    const { line, page } = await visit(t);
    await fillAll(page, answers);
    line.line.answers = false;
    await sendInVain(page);
    line.line.answers = true;
    await tellOnline(page);
    await reference(page);
    assert.ok(line.posts.length > 1);
    assert.equal(new Set(line.posts.map(({ key }) => key)).size, 1);
    assert.equal(line.posts.filter(({ isNew }) => isNew).length, 1);
  });

  test("is sent by the worker while no page is open, and its confirmation shown later", async (t) => {
    const { line, site, page } = await visit(t);
    const context = page.context();
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    const control = await context.newCDPSession(page);
    const registered = new Promise((resolve) =>
      control.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) =>
        registrations.filter(({ scopeURL }) => scopeURL.startsWith(site.url)).forEach(resolve),
      ),
    );
    await control.send("ServiceWorker.enable");
    const { registrationId } = await registered;
    await page.goto("about:blank");
    await line.start();
    const watching = await context.newPage();
    await watching.goto(`${site.url}/counterfoil/counterfoil.css`);
    // The browser may have sent it by itself before.
    const sync = { origin: site.url, registrationId, tag: "counterfoil", lastChance: false };
    await control.send("ServiceWorker.dispatchSyncEvent", sync);
    await watching.evaluate(whenAnswered, 30_000);
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true]);
    await page.goto(site.url);
    await reference(page);
    assert.equal(line.posts.length, 1);
  });

  test("comes back to the citizen where the office has another figure, with nothing lost", async (t) => {
    const { line, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await page.locator('input[name="shown.fees.total"]').evaluate((input) => (input.value = "1.00"));
    await sendInVain(page);
    await line.start();
    // The browser may have sent it by itself before.
    const refused = page.getByText("Nothing has been sent").waitFor();
    await Promise.race([refused, button(page, "Try to send it now").click().catch(() => refused)]);
    await refused;
    assert.match(await page.locator("main").innerText(), /£1\.00[\s\S]*£69\.77[\s\S]*Nothing has been sent/);
    await button(page, "Accept the new figure and send").click();
    await reference(page);
    assert.deepEqual(line.posts.map(({ status }) => status), [409, 201]);
  });

  /** In a page: does something with all that waits on the device, and gives back what is there then. */
  const inStore = (page, change) =>
    page.evaluate(
      (change) =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open("counterfoil");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const store = opening.result.transaction("waiting", "readwrite").objectStore("waiting");
            const all = store.getAll();
            all.onsuccess = () => {
              const found = all.result.map((submission) => ({ ...submission, ...change }));
              for (const submission of found) store.put(submission, submission.id);
              store.transaction.oncomplete = () => {
                opening.result.close();
                resolve(found);
              };
            };
          };
        }),
      change,
    );

  test("is erased when it has waited for its time, and says when that is", async (t) => {
    const { line, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    const [{ until }] = await inStore(page, {});
    const days = (until - Date.now()) / 86_400_000;
    assert.ok(days > 29 && days <= 30, `${days} days`);
    const said = await page.locator(WAITING).innerText();
    assert.match(said, new RegExp(`cannot be sent by .* ${new Date(until).getFullYear()}`));
    await inStore(page, { until: 1 });
    await page.reload();
    await page.getByRole("link", { name: "Start now" }).waitFor();
    await ready(page);
    await line.start();
    await tellOnline(page);
    assert.deepEqual(await inStore(page, {}), []);
    assert.deepEqual(line.posts, []);
  });

  test("leaves neither the draft nor the request once the office has taken it", async (t) => {
    const { line, site, page } = await visit(t);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await press(other, other.getByRole("link", { name: "Start now" }));
    await other.locator("#event_date-day").fill("16");
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    await page.close();
    await other.reload();
    await other.getByRole("heading", { level: 2, name: "Kept on this device, not sent yet" }).waitFor();
    await line.start();
    await tellOnline(other);
    await other.getByText(/^Your reference: /).waitFor();
    const [{ typed, body, answer: told }] = await inStore(other, {});
    assert.deepEqual({ typed, body, taken: told.taken }, { typed: "[]", body: "", taken: true });
  });

  test("says no more that it waits when its time is over, or when it was erased on another page", async (t) => {
    const { line, site, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await other.locator(WAITING).waitFor();
    await press(other, button(other, "Erase it without sending it"));
    await other.getByRole("link", { name: "Start now" }).waitFor();
    await page.getByRole("link", { name: "Start now" }).waitFor();

    await fillAll(page, answers);
    await sendInVain(page);
    await inStore(page, { until: 1 });
    await button(page, "Try to send it now").click();
    await page.getByRole("link", { name: "Start now" }).waitFor();
    assert.equal(await page.locator(WAITING).count(), 0);
    assert.deepEqual(line.posts, []);
  });

  test("is kept and sent where an earlier version had it waiting, without a time", async (t) => {
    const { line, site, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const opening = indexedDB.open("counterfoil");
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const store = opening.result.transaction("waiting", "readwrite").objectStore("waiting");
            store.getAll().onsuccess = ({ target }) => {
              for (const { until, ...rest } of target.result) store.put(rest, rest.id);
            };
            store.transaction.oncomplete = () => resolve(opening.result.close());
          };
        }),
    );
    await page.reload();
    await page.locator(WAITING).waitFor();
    const [{ until }] = await inStore(page, {});
    assert.ok(until > Date.now());
    await line.start();
    await tellOnline(page);
    await reference(page);
    assert.deepEqual(line.posts.map(({ isNew }) => isNew), [true]);
  });

  test("says beside other answers that it was not accepted, and what can be done", async (t) => {
    const { line, site, page } = await visit(t, { viewport: { width: 360, height: 740 } });
    const other = await page.context().newPage();
    await other.goto(site.url);
    await press(other, other.getByRole("link", { name: "Start now" }));
    await other.locator("#event_date-day").fill("16");
    await fillAll(page, answers);
    await line.stop();
    await page.locator('input[name="shown.fees.total"]').evaluate((input) => (input.value = "1.00"));
    await sendInVain(page);
    await page.close();
    await other.reload();
    await other.getByRole("heading", { level: 2, name: "Kept on this device, not sent yet" }).waitFor();
    await line.start();
    await tellOnline(other);
    await other.getByRole("heading", { level: 2, name: "Your application was not accepted" }).waitFor();
    assert.equal(await other.locator("#event_date-day").inputValue(), "16");
    await assertAccessible(other);
    await screenshot(other, "offline-refused-beside");
    await button(other, "Erase the application that was not accepted").waitFor();
    // The other answers are done with: what was refused comes back whole.
    await other.evaluate((form) => document.querySelector(form).erase(), FORM);
    await other.reload();
    await other.getByText("Nothing has been sent").waitFor();
    await button(other, "Accept the new figure and send").click();
    await reference(other);
    assert.deepEqual(line.posts.map(({ status }) => status), [409, 201]);
  });

  test("can be taken back and changed, or erased", async (t) => {
    const { line, page } = await visit(t);
    await fillAll(page, answers);
    await line.stop();
    await sendInVain(page);
    await press(page, button(page, "Take it back and change it"));
    assert.equal(await page.locator("h1").innerText(), "Check your answers");
    await press(page, page.getByRole("link", { name: "Change" }).filter({ hasText: "How many stalls" }));
    await answer(page, "stalls", 4);
    await goOn(page);
    await sendInVain(page);
    await press(page, button(page, "Erase it without sending it"));
    await page.getByRole("link", { name: "Start now" }).waitFor();
    await page.reload();
    await page.getByRole("link", { name: "Start now" }).waitFor();
    await ready(page);
    await line.start();
    assert.equal(await page.locator(WAITING).count(), 0);
    assert.deepEqual(line.posts, []);
  });

  test("takes no key from other answers when it is erased beside them", async (t) => {
    const { line, site, page } = await visit(t);
    const other = await page.context().newPage();
    await other.goto(site.url);
    await fillAll(page, answers);
    await fillAll(other, answers);
    await press(other, other.getByRole("link", { name: "Change" }).filter({ hasText: "How many stalls" }));
    await answer(other, "stalls", 4);
    await goOn(other);
    line.line.answers = false;
    await sendInVain(page);
    // The office takes these too, and its answer is lost.
    await button(other, "Accept and send").click();
    await other.getByRole("heading", { level: 1, name: /problem/i }).waitFor();
    await line.stop();
    await other.reload();
    await other.getByRole("heading", { level: 2, name: "Kept on this device, not sent yet" }).waitFor();
    await button(other, "Erase it without sending it").click();
    await other.locator("h2", { hasText: "Kept on this device, not sent yet" }).waitFor({ state: "detached" });
    await line.start();
    line.line.answers = true;
    await button(other, "Accept and send").click();
    await reference(other);
    assert.equal(line.posts.filter(({ isNew }) => isNew).length, 2);
    assert.equal(line.posts.at(-1).isNew, false);
  });

  test("bears the same key when it is taken back and sent as it was", async (t) => {
    const { line, page } = await visit(t);
    await fillAll(page, answers);
    line.line.answers = false;
    await sendInVain(page);
    await line.stop();
    await press(page, button(page, "Take it back and change it"));
    await line.start();
    line.line.answers = true;
    await press(page, button(page, "Accept and send"));
    await reference(page);
    assert.ok(line.posts.length > 1);
    assert.equal(line.posts.filter(({ isNew }) => isNew).length, 1);
  });

  test("never runs a part of one version beside a part of another", async (t) => {
    const { line, site, page } = await visit(t);
    const script = join(site.folder, "counterfoil/counterfoil-form.js");
    const worker = join(site.folder, "counterfoil-worker.js");
    const workerBefore = readFileSync(worker, "utf8");
    const version = () => page.evaluate(() => globalThis.version ?? "first");
    const hash = () => `sha256-${createHash("sha256").update(readFileSync(script)).digest("base64")}`;
    const before = hash();
    const update = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        const installed = new Promise((resolve) =>
          registration.addEventListener("updatefound", () => {
            const { installing } = registration;
            installing.addEventListener("statechange", () => resolve(installing.state), { once: true });
          }),
        );
        await registration.update();
        return installed;
      });
    await page.reload();
    await ready(page);

    // A script whose worker names another: half of a new version is published.
    appendFileSync(script, "\nglobalThis.version = 'second';\n");
    const half = workerBefore.replace(/[0-9a-f]{16}/, "0".repeat(16)).replace(before, `sha256-${"A".repeat(43)}=`);
    writeFileSync(worker, half);
    assert.equal(await update(), "redundant");
    await page.reload();
    await ready(page);
    assert.equal(await version(), "first");

    // The other half comes: it is kept whole, and taken once the pages of the first are closed.
    writeFileSync(worker, half.replace(`sha256-${"A".repeat(43)}=`, hash()));
    assert.equal(await update(), "installed");
    assert.equal(await version(), "first");
    const context = page.context();
    const blank = await context.newPage();
    const { taken } = await whenTaken(blank);
    await page.close();
    await taken;
    await Promise.all([line.stop(), site.stop()]);
    await blank.goto(site.url);
    await blank.getByRole("link", { name: "Start now" }).waitFor();
    assert.equal(await blank.evaluate(() => globalThis.version), "second");
  });

  test("gives a record that holds without the office", async (t) => {
    const { page } = await visit(t);
    await fillAll(page, answers);
    await button(page, "Accept and send").click();
    const sent = await reference(page);
    const started = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download your receipt" }).click();
    const download = await started;
    const file = join(temporaryFolder(t), "record.json");
    await download.saveAs(file);
    const keys = join(temporaryFolder(t), "keys.json");
    writeFileSync(keys, await (await fetch(`${office.url}/.well-known/jwks.json`)).text());
    for (const options of [[], ["--keys", keys]]) {
      assert.match(counterfoil(["receipt", "verify", ...options, file]), new RegExp(`The receipt holds[\\s\\S]*${sent}`));
    }
  });
});

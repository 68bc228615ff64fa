// Reports how fast a page of a large form follows what is typed, and how soon it answers at all, in Chromium with
// a processor slowed down to a quarter, beside SurveyJS with the same form. Nothing is asserted: times depend on
// the machine and on what else it does.
//
//     node benches/browser/report.mjs [--rounds 12] [--visits 5] [--profile FOLDER]
//
// Needs `cargo xtask assets` and a built `counterfoil`. With `--profile`, profiles of the events are written, which
// the developer tools of Chromium open.

import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { openBrowser } from "../../tests/browser/support.mjs";
import { temporaryFolder } from "../../tests/support.mjs";
import { counterfoilAlone, events, prepare, surveyAlone } from "./driver.mjs";
import { answers, size } from "./form.mjs";
import { DAY, openSites } from "./sites.mjs";
import { brief, median, table } from "./table.mjs";

/** How many times slower than it is the processor runs. */
const SLOWDOWN = 4;
/** The questions on a page: as services lay forms out, and the worst case. */
const LAYOUTS = [10, 200];
/** What is answered in each round: the name, the values in turn, and what the answer brings. */
const STEPS = [
  ["b1_used", ["false"], "yes to no: three questions and a line of the fee go"],
  ["b1_used", ["true"], "no to yes: they come back"],
  ["b1_people", ["13", "14"], "a number: a line of the fee and the total change"],
  ["b1_kind", ["hall"], "an option: one question goes"],
  ["b1_kind", ["other"], "an option: it comes back"],
  ["b1_kind_name", ["The new mill", "The old mill"], "a text on which nothing hangs"],
  ["b1_guests", ["350"], "a number: a rule is broken, the verdict changes"],
  ["b1_guests", ["4"], "a number: the rule holds, a check does not, two questions go"],
  ["b1_guests", ["36"], "a number: the check holds, they come back"],
  ["b1_amount", ["1600", "1700"], "an amount that a check reads"],
  ["b1_area", ["30.5", "31.5"], "a number on which nothing hangs"],
];

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "12" },
    visits: { type: "string", default: "5" },
    profile: { type: "string" },
  },
});
const rounds = Number(options.rounds);
const visits = Number(options.visits);

const ends = [];
const t = { after: (end) => ends.push(end) };
try {
  await report();
} finally {
  for (const end of ends.reverse()) await end();
}

async function report() {
  const load = () => loadavg().map((part) => part.toFixed(1)).join(" ");
  const before = load();
  const browser = await openBrowser(t);
  const folder = temporaryFolder(t);
  console.log(`${size.questions} questions, ${size.rules} rules, Chromium ${browser.version()}, processor slowed down ${SLOWDOWN} times`);
  for (const perPage of LAYOUTS) {
    const site = await openSites(t, folder, perPage);
    console.log(`\n# ${size.questions / perPage} page${perPage === size.questions ? "" : "s"} of ${perPage} questions`);
    await reportEvents(browser, site, perPage);
    if (perPage === LAYOUTS[0]) await reportAlone(browser, site);
    await reportVisits(browser, site);
  }
  console.log(`\nLoad of the machine before and after (1, 5, 15 minutes): ${before}, ${load()}`);
}

/** Opens one of the two pages, slowed down, and does something with it. */
async function visit(browser, site, kind, query, what) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.addInitScript(prepare, kind);
  const devTools = await context.newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  await page.goto(`${site.url}/${kind}/${query}`, { waitUntil: "commit" });
  const result = await what(page, devTools);
  await context.close();
  return result;
}

async function reportEvents(browser, site, perPage) {
  const columns = {};
  for (const kind of ["counterfoil", "survey"]) {
    columns[kind] = await visit(browser, site, kind, "?filled", async (page, devTools) => {
      if (kind === "counterfoil") {
        await page.locator("counterfoil-form a.govuk-button").click();
        // All is answered: the way leads to the answers at a glance, and from there back to the first page.
        await page.locator('counterfoil-form a[href*="page_1"]').first().click();
      }
      await page.waitForFunction(() => globalThis.drive.isShown("b1_used"));
      await page.evaluate(events, { steps: STEPS, rounds: 4 });
      if (options.profile) {
        await devTools.send("Profiler.enable");
        await devTools.send("Profiler.setSamplingInterval", { interval: 200 });
        await devTools.send("Profiler.start");
      }
      const times = await page.evaluate(events, { steps: STEPS, rounds });
      if (options.profile) {
        const { profile } = await devTools.send("Profiler.stop");
        mkdirSync(options.profile, { recursive: true });
        writeFileSync(join(options.profile, `${kind}-${perPage}.cpuprofile`), JSON.stringify(profile));
      }
      return times;
    });
  }
  const { counterfoil, survey } = columns;
  const row = (label, own, other) => [label, brief(own), brief(other), (median(other) / median(own)).toFixed(1)];
  table(
    ["From the event to the last change of the page, ms", "Counterfoil", "SurveyJS", "ratio"],
    [
      ...STEPS.map(([, , label], index) => row(label, counterfoil[index], survey[index])),
      row(`all (${STEPS.length * rounds} events)`, counterfoil.flat(), survey.flat()),
    ],
  );
}

async function reportAlone(browser, site) {
  const strict = (value) => ({ true: true, false: false })[value] ?? (/^[\d.]+$/.test(value) ? Number(value) : value);
  const given = {
    answers,
    day: DAY,
    steps: STEPS.map(([name, values]) => [name, values.map(strict)]),
    batches: 60,
    size: STEPS.length,
  };
  const alone = (kind, measure) =>
    visit(browser, site, kind, "?filled", async (page) => {
      await page.waitForLoadState();
      return page.evaluate(measure, given);
    });
  const own = await alone("counterfoil", counterfoilAlone);
  const other = await alone("survey", surveyAlone);
  const ratio = (median(other) / median(own)).toFixed(1);
  table(
    ["Evaluation alone, ms", "Counterfoil", "SurveyJS", "ratio"],
    [[`a changed answer (${given.batches} batches of ${given.size})`, brief(own, 3), brief(other, 3), ratio]],
  );
}

async function reportVisits(browser, site) {
  const times = { counterfoil: [], survey: [] };
  for (let round = 0; round < visits; round += 1) {
    for (const kind of ["counterfoil", "survey"]) {
      times[kind].push(await visit(browser, site, kind, "", (page) => page.evaluate(() => globalThis.drive.firstAnswer)));
    }
  }
  const { counterfoil, survey } = times;
  const share = (median(counterfoil) / median(survey)).toFixed(2);
  const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;
  table(
    ["From the start of the navigation until a first input is answered, ms", "Counterfoil", "SurveyJS"],
    [
      [`${visits} visits, nothing cached`, brief(counterfoil, 0), brief(survey, 0)],
      ["download, compressed by Brotli (here sent without)", kib(site.bytes.counterfoil), kib(site.bytes.survey)],
    ],
  );
  console.log(`Time to first interaction, as a ratio to the page of SurveyJS: ${share}`);
}

// Filling a form in as a person does: question by question, in the order in which they stand.

import assert from "node:assert/strict";

/** The parts of a date in JSON, as they are typed. */
function parts(date) {
  const [year, month, day] = date.split("-").map((part) => String(Number(part)));
  return { day, month, year };
}

const isDate = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);

/** The question at a path, such as `streets[0].metres`. */
export const question = (page, path) => page.locator(`[data-path="${path}"]`);

/** The control of that name. */
const named = (page, name) => page.locator(`[name="${name}"]`);

/** The option of that name and value: a radio button or a checkbox. */
const option = (page, name, value) => page.locator(`[name="${name}"][value="${value}"]`);

/** What kind of controls bear that name: `radio`, `checkbox`, `select-one`, `text` … */
const kind = (page, name) => named(page, name).first().evaluate((control) => control.type);

/** The number in a length of time such as `P14D`, which is what is typed. */
const length = (value) => /^P(\d+)[DWMY]$/.exec(value)?.[1];

/** Gives one answer, by the names under which it is posted. */
export async function answer(page, path, value) {
  if (typeof value === "object" && !Array.isArray(value)) {
    for (const end of ["start", "end"]) await answer(page, `${path}.${end}`, value[end]);
    return;
  }
  if (isDate(value)) {
    for (const [part, typed] of Object.entries(parts(value))) {
      await named(page, `${path}.${part}`).fill(typed);
    }
    return;
  }
  switch (await kind(page, path)) {
    case "radio":
    case "checkbox":
      for (const one of [value].flat()) await option(page, path, one).check();
      break;
    case "select-one":
      await named(page, path).selectOption(value);
      break;
    default:
      await named(page, path).fill(length(value) ?? String(value));
  }
}

/** What stands in a question's controls: texts, for a date and for a set several. */
async function standing(page, path, like) {
  if (isDate(like)) {
    const typed = ["day", "month", "year"].map((part) => named(page, `${path}.${part}`).inputValue());
    return Promise.all(typed);
  }
  const controls = named(page, path);
  if (["radio", "checkbox"].includes(await kind(page, path))) {
    return controls.evaluateAll((all) => all.filter(({ checked }) => checked).map(({ value }) => value));
  }
  return [await controls.inputValue()];
}

/** Fails where a question does not hold the answer that was given to it. */
export async function assertStanding(page, path, value) {
  const wanted = isDate(value) ? Object.values(parts(value)) : [value].flat().map(String);
  assert.deepEqual(await standing(page, path, value), wanted, `${path} keeps its answer`);
}

/** The answer at a path of answers in JSON. */
export function at(answers, path) {
  return path
    .split(/[[\].]+/)
    .reduce((value, key) => value?.[key], answers);
}

/** Paths of the questions that can be seen, in their order. */
async function asked(page) {
  const shown = page.locator("form .govuk-form-group[data-path]:not([hidden])");
  return shown.evaluateAll((found) => found.map((group) => group.dataset.path));
}

/**
 * Answers every question of the page that can be seen or comes to be seen on the way, but those
 * `before`, and leaves out what has no answer. Returns their paths in order.
 */
export async function fillIn(page, answers, before = []) {
  const given = [];
  for (;;) {
    const next = (await asked(page)).find((path) => ![...before, ...given].includes(path));
    if (next === undefined) return given;
    const value = at(answers, next);
    if (value !== undefined) await answer(page, next, value);
    given.push(next);
  }
}

/** Presses what leads to another page, and waits for it; the office may be expected to refuse. */
export async function press(page, target, status = undefined) {
  const control = typeof target === "string" ? page.locator(target).first() : target;
  const answered = page.waitForResponse(
    (response) => response.request().isNavigationRequest() && Math.floor(response.status() / 100) !== 3,
  );
  const shown = page.waitForEvent("framenavigated");
  await control.click();
  const response = await answered;
  await shown;
  await page.waitForLoadState();
  if (status !== undefined) assert.equal(response.status(), status, page.url());
}

/** Whether the page is the list of a form's sections. */
export const isTaskList = (page) => new URL(page.url()).pathname.endsWith("/task-list");

/**
 * Goes on from the list of a form's sections, where the page is one: to the first section that is not
 * completed, or to where the answers are checked.
 */
export async function openSection(page) {
  if (isTaskList(page)) await press(page, ".govuk-task-list__item:has(.govuk-tag) a");
}

/** Presses the button under the questions. */
export const goOn = (page, status) => press(page, "main form button.govuk-button", status);

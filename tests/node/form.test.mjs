// The class Form, as JavaScript uses it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Form, load, reportSha256 } from "counterfoil";

import { planOf } from "../support.mjs";
import { sha256 } from "./support.mjs";

await load();

const plan = planOf("street-party");
const form = new Form(plan);
const CONTEXT = { as_of: "2026-06-01" };
const context = JSON.stringify(CONTEXT);
const ANSWERS = {
  event_date: "2026-07-11",
  organiser: "charity",
  sells_food: true,
  stalls: 3,
  streets: [
    { name: "Harbour Street", metres: 120.5 },
    { name: "Mill Lane", metres: 60 },
  ],
};
const answers = JSON.stringify(ANSWERS);

test("a plan names itself and its languages", () => {
  assert.match(form.planId, /^[0-9a-f]{64}$/);
  assert.equal(form.locales[0], "en");
});

test("texts and objects give the same report", () => {
  const report = form.evaluate(answers, context);
  assert.deepEqual(form.evaluateObject(ANSWERS, CONTEXT), JSON.parse(report));
  assert.equal(reportSha256(report), sha256(report));
});

test("a report is put into words in each language", () => {
  const report = form.evaluate(answers, context);
  const english = form.words("en", report);
  assert.equal(english.fees.total, "£69.77");
  assert.equal(form.words("cy", report).locale, "cy");
  assert.deepEqual(form.words("tlh", report), english);
});

test("a figure can be explained", () => {
  const text = form.explain("en", answers, context, "fees.total");
  assert.match(text, /69\.77/);
  assert.throws(() => form.explain("en", answers, context, "fees.nothing"), {
    name: "ExplainError",
    message: /fees\.food_stalls/,
  });
});

test("what people type becomes strict answers", () => {
  const pairs = [
    ["event_date.day", " 11 "],
    ["event_date.month", "July"],
    ["event_date.year", "2026"],
    ["sells_food", "true"],
    ["stalls", "3"],
    ["streets[0].name", "Mill Lane"],
    ["streets[0].metres", "1,020.5"],
  ];
  const strict = JSON.parse(form.fromText("en", JSON.stringify(pairs)));
  assert.equal(strict.event_date, "2026-07-11");
  assert.equal(strict.sells_food, true);
  assert.equal(Number(strict.stalls), 3);
  assert.equal(Number(strict.streets[0].metres), 1020.5);
});

test("a mistake in the call is thrown, by name", () => {
  const thrown = [
    ["PlanError", () => new Form("{}")],
    ["PlanError", () => new Form("not JSON")],
    ["PlanError", () => new Form(plan.replace("stall_fee", "stall_fie"))],
    ["PlanError", () => new Form("[".repeat(100_000))],
    ["AnswersError", () => form.evaluate("not JSON", context)],
    ["AnswersError", () => form.evaluate("[1]", context)],
    ["AnswersError", () => form.evaluateObject([1], CONTEXT)],
    ["AnswersError", () => form.evaluateObject({ stalls: () => 3 }, CONTEXT)],
    ["AnswersError", () => form.fromText("en", '{"a":1}')],
    ["ContextError", () => form.evaluate(answers, "{}")],
    ["ContextError", () => form.evaluate(answers, '{"as_of":"2026-02-30"}')],
    ["ContextError", () => form.evaluateObject(ANSWERS, { as_of: 20260601 })],
    ["EvaluateError", () => form.evaluate(answers, '{"as_of":"1999-12-31"}')],
    ["ReportError", () => form.words("en", "{}")],
    ["ReportError", () => reportSha256('"report"')],
  ];
  for (const [name, call] of thrown) {
    assert.throws(call, (error) => error instanceof Error && error.name === name && error.message !== "");
  }
});

// The class Session, as JavaScript uses it: after every change its report is that of a fresh evaluation.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Form, load, Session } from "counterfoil";

import { formIds, planOf } from "../support.mjs";
import { answersTo } from "./support.mjs";

await load();

const CONTEXT = { as_of: "2026-06-01" };
const context = JSON.stringify(CONTEXT);
const ODD = [null, true, -1, 10 ** 21, "", "12.50", "2026-02-30", "\u0000😀", [], [1], [{ $id: "a" }], {}, [[[[[]]]]]];

/** The report of a session, which is held against a fresh evaluation. */
function checked(form, session) {
  const report = session.reportJson();
  assert.equal(report, form.evaluate(JSON.stringify(session.answers), context));
  return JSON.parse(report);
}

for (const id of formIds()) {
  test(`${id}: answered one by one, and each wrongly in between`, () => {
    const form = new Form(planOf(id));
    const session = new Session(form, {}, CONTEXT);
    const [answers] = answersTo(id);
    for (const [index, [key, answer]] of Object.entries(answers).entries()) {
      session.set(key, ODD[index % ODD.length]);
      checked(form, session);
      session.set(key, answer);
      checked(form, session);
    }
    assert.deepEqual(session.report, form.evaluateObject(answers, CONTEXT));
    for (const key of Object.keys(answers)) {
      session.clear(key);
      checked(form, session);
    }
    assert.deepEqual(session.answers, {});
    session.free();
  });
}

test("records come, change and go", () => {
  const form = new Form(planOf("street-party"));
  const session = new Session(form, { sells_food: false }, CONTEXT);
  assert.deepEqual(session.hidden(), ["stalls"]);

  session.set("streets[0]", { name: "Harbour Street" });
  assert.ok(checked(form, session).missing.includes("streets[0].metres"));
  session.set("streets[0].metres", 120.5);
  session.set("streets[1]", { name: "Mill Lane", metres: "60" });
  assert.equal(checked(form, session).values.closed_metres, "180.5");
  session.clear("streets[0]");
  assert.equal(checked(form, session).values.closed_metres, "60");
  assert.deepEqual(session.answers.streets, [{ name: "Mill Lane", metres: "60" }]);

  for (const path of ["streets[2]", "streets[1].metres", "streets[x]", "streets[0]name"]) {
    assert.throws(() => session.set(path, 1), { name: "PathError" });
  }
  assert.throws(() => session.clear("streets[1]"), { name: "PathError" });
  assert.throws(() => session.set("stalls", () => 3), { name: "AnswersError" });
  assert.throws(() => session.replace([]), { name: "AnswersError" });
  assert.throws(() => new Session(form, {}, { as_of: "1999-12-31" }), { name: "EvaluateError" });
  checked(form, session);
});

test("a session says what has changed, once", () => {
  const form = new Form(planOf("street-party"));
  const session = new Session(form, {}, CONTEXT);
  assert.deepEqual(session.changed(), { paths: [], nodes: [] });

  session.set("sells_food", true);
  // The stalls are asked now, and their fee is as open as it was.
  assert.deepEqual(session.changed(), { paths: ["sells_food", "stalls"], nodes: [] });
  session.set("stalls", 3);
  assert.deepEqual(session.changed(), { paths: ["stalls"], nodes: ["fees.food_stalls"] });
  session.set("stalls", "3");
  session.set("stalls", 3);
  assert.deepEqual(session.changed().nodes, []);
  assert.deepEqual(session.changed(), { paths: [], nodes: [] });

  // The form may go before the session does.
  form.free();
  session.replace({ sells_food: false });
  assert.ok(session.report.fees.lines.every(({ id }) => id !== "food_stalls"));
  assert.ok(session.changed().paths.includes("stalls"));
});

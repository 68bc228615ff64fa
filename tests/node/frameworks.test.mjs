// `useForm` of Vue and of React, and what both stand on. React in a browser is driven by the example
// `vite-react`.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";
import { useForm as useFormOfReact } from "counterfoil/react";
import { useForm } from "counterfoil/vue";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { effectScope, nextTick, ref, watchEffect } from "vue";

import { counterfoil, planOf, root, temporaryFolder } from "../support.mjs";

await load();
const form = new Form(planOf("street-party"));
const answers = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
const asOf = "2026-06-01";

test("Vue follows answers, language and day", async (t) => {
  const scope = effectScope();
  t.after(() => scope.stop());
  await scope.run(async () => {
    const options = ref({ asOf, locale: "en" });
    const { answers: given, report, words, set, replace, explain } = useForm(form, options, answers);
    const seen = [];
    watchEffect(() => seen.push(report.value.status));
    assert.deepEqual(report.value, form.evaluateObject(answers, { as_of: asOf }));

    set("event_date", undefined);
    await nextTick();
    assert.deepEqual(seen, ["complete", "incomplete"]);
    assert.deepEqual(report.value.missing, ["event_date"]);
    assert.equal(answers.event_date !== undefined, true, "the caller's own answers stay as they are");

    set("streets[1].name", "Quay Road");
    assert.equal(given.value.streets[1].name, "Quay Road");
    assert.deepEqual(given.value.streets[0], answers.streets[0]);
    set("streets[3].metres", "10.5");
    assert.deepEqual(given.value.streets.slice(2), [{}, { metres: "10.5" }]);

    replace(answers);
    assert.match(explain("fees.total"), /\d/);
    options.value = { asOf, locale: "cy" };
    await nextTick();
    assert.equal(words.value.locale, "cy");
    assert.throws(() => explain("fees.none"), { name: "ExplainError" });
  });
});

/** A range, a set, and records that have both. */
const RANGES_AND_SETS = `form: stays
title: Stays
timezone: Europe/London
languages: [en]
pages:
  - page: stay
    title: Your stay
    fields:
      - field: stay
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
        label: When do you stay?
      - field: extras
        type: set
        required: false
        label: What do you need?
        options:
          power: Power
          water: Water
  - page: streets
    title: Streets
    group: streets
    min: 1
    max: 5
    fields:
      - field: closed
        type: date_range
        min: 2026-01-01
        max: 2026-12-31
        label: When is it closed?
      - field: equipment
        type: set
        label: What does it need?
        options:
          signs: Signs
          cones: Cones
`;

test("every path leads to the same place for the report as for the answers", async (t) => {
  const folder = join(temporaryFolder(t), "stays");
  mkdirSync(folder);
  writeFileSync(join(folder, "form.yaml"), RANGES_AND_SETS);
  const stays = new Form(counterfoil(["build", folder, "--output", "-"]));
  const scope = effectScope();
  t.after(() => scope.stop());
  scope.run(() => {
    const context = { as_of: asOf, facts: {} };
    const { answers: given, report, set } = useForm(stays, { asOf });
    const steps = [
      ["stay.start", "2026-06-01"],
      ["stay.end", "2026-06-03"],
      ["extras[0]", "water"],
      ["extras[1]", "power"],
      ["extras", ["power"]],
      ["streets[1].closed.start", "2026-06-02"],
      ["streets[1].closed.end", "2026-06-02"],
      ["streets[1].equipment[0]", "cones"],
      ["streets[0]", { closed: { start: "2026-06-01", end: "2026-06-01" }, equipment: ["signs"] }],
      ["streets[0].equipment", undefined],
      ["streets[0].equipment[0]", "cones"],
      ["streets[1]", undefined],
      ["streets", [{ closed: { start: "2026-06-01", end: "2026-06-01" }, equipment: [] }]],
      ["stay.end", undefined],
      ["stay", undefined],
      ["unknown.path[2]", 1],
    ];
    const statuses = new Set();
    for (const [path, answer] of steps) {
      set(path, answer);
      statuses.add(report.value.status);
      const afresh = stays.evaluateObject(JSON.parse(JSON.stringify(given.value)), context);
      assert.deepEqual(report.value, afresh, path);
    }
    assert.equal(given.value.streets.length, 1);
    assert.ok(statuses.has("complete"), [...statuses].join());
  });
});

test("a day on which the form is not in force is an error, and changes nothing", async () => {
  const scope = effectScope();
  scope.run(() => {
    assert.throws(() => useForm(form, { asOf: "1999-12-31" }), { name: "EvaluateError" });
  });
  scope.stop();
});

test("React draws the same on a server", () => {
  function Total() {
    const { words, report } = useFormOfReact(form, { asOf, answers, facts: { by_the_office: undefined } });
    return createElement("p", null, `${report.status} ${words.fees.total}`);
  }
  const words = form.words("en", form.evaluate(JSON.stringify(answers), JSON.stringify({ as_of: asOf })));
  assert.equal(renderToStaticMarkup(createElement(Total)), `<p>complete ${words.fees.total}</p>`);
});

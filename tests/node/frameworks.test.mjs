// `useForm` of Vue and of React, and what both stand on. React in a browser is driven by the example
// `vite-react`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";
import { useForm as useFormOfReact } from "counterfoil/react";
import { useForm } from "counterfoil/vue";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { effectScope, nextTick, ref, watchEffect } from "vue";

import { planOf, root } from "../support.mjs";

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

test("a day on which the form is not in force is an error, and changes nothing", async () => {
  const scope = effectScope();
  scope.run(() => {
    assert.throws(() => useForm(form, { asOf: "1999-12-31" }), { name: "EvaluateError" });
  });
  scope.stop();
});

test("React draws the same on a server", () => {
  function Total() {
    const { words, report } = useFormOfReact(form, { asOf, answers });
    return createElement("p", null, `${report.status} ${words.fees.total}`);
  }
  const words = form.words("en", form.evaluate(JSON.stringify(answers), JSON.stringify({ as_of: asOf })));
  assert.equal(renderToStaticMarkup(createElement(Total)), `<p>complete ${words.fees.total}</p>`);
});

// Answers that no form would send: each gets a code and a path, on both sides alike, and the module
// goes on working.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Form, load } from "counterfoil";

import { counterfoil, planOf, temporaryFolder } from "../support.mjs";

await load();

const AS_OF = "2026-06-01";
const plan = planOf("street-party");
const form = new Form(plan);
const context = JSON.stringify({ as_of: AS_OF });

const nested = (depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const street = (metres) => `{"streets":[{"name":"Mill Lane","metres":${metres}}]}`;

/** Name, answers as text, and the errors that must be among those reported. */
const CASES = [
  ["a number for a choice", '{"organiser":3}', { organiser: "type" }],
  ["a text for a boolean", '{"sells_food":"yes"}', { sells_food: "type" }],
  ["a record for a date", '{"event_date":{"day":1}}', { event_date: "type" }],
  ["a list for a number", '{"sells_food":true,"stalls":[3]}', { stalls: "type" }],
  ["a text for a group", '{"streets":"Mill Lane"}', { streets: "type" }],
  ["a number for a record", '{"streets":[3]}', { "streets[0]": "type" }],
  ["an option off the list", '{"organiser":"nobody"}', { organiser: "option" }],
  ["a day that no month has", '{"event_date":"2026-02-30"}', { event_date: "date" }],
  ["a number of 400 digits", `{"sells_food":true,"stalls":${"9".repeat(400)}}`, { stalls: "range" }],
  ["400 digits after the point", street(`1.${"3".repeat(400)}`), { "streets[0].metres": "scale" }],
  ["a great exponent", street("1e400"), { "streets[0].metres": "range" }],
  ["an unknown key", '{"colour":"red"}', { colour: "unknown" }],
  ["an unknown key of a record", '{"streets":[{"colour":1}]}', { "streets[0].colour": "unknown" }],
  ["a computed value", '{"closed_metres":1}', { closed_metres: "computed" }],
  ["a key sent twice", '{"organiser":"charity","organiser":"neighbours"}', { organiser: "duplicate" }],
  ["lists 100,000 deep", `{"organiser":${nested(100_000)}}`, { organiser: "type" }],
  ["lists 100,000 deep in a record", street(nested(100_000)), { "streets[0].metres": "type" }],
  ["10 MB of text", `{"streets":[{"name":"${"x".repeat(10_000_000)}"}]}`, { "streets[0].name": "length" }],
  ["100,000 records", `{"streets":[${"{},".repeat(99_999)}{}]}`, { streets: "items" }],
];

for (const [name, answers, expected] of CASES) {
  test(`${name} gets its code and path`, (t) => {
    const report = form.evaluate(answers, context);
    const { status, errors } = JSON.parse(report);
    assert.equal(status, "invalid");
    const found = Object.fromEntries(errors.map(({ path, code }) => [path, code]));
    for (const [path, code] of Object.entries(expected)) assert.equal(found[path], code);

    const folder = temporaryFolder(t);
    const files = ["plan.json", "answers.json"].map((file) => join(folder, file));
    writeFileSync(files[0], plan);
    writeFileSync(files[1], answers);
    const native = counterfoil(["eval", ...files, "--as-of", AS_OF, "--format", "json"], { status: 1 });
    assert.equal(native.trimEnd(), report);
  });
}

test("an unknown key of 10 MB is reported without being repeated", () => {
  const report = form.evaluate(`{"${"k".repeat(10_000_000)}":1}`, context);
  assert.equal(JSON.parse(report).errors[0].code, "unknown");
  assert.ok(report.length < 10_000);
});

test("objects that no JSON could hold are taken no worse", () => {
  const code = (answers) => form.evaluateObject(answers, { as_of: AS_OF }).errors[0].code;
  const circular = {};
  circular.streets = circular;
  assert.equal(code({ organiser: circular }), "type");
  assert.equal(code({ organiser: Number.NaN }), "type");
  assert.equal(code({ sells_food: true, stalls: Number.POSITIVE_INFINITY }), "type");
  assert.equal(code({ sells_food: true, stalls: 2n ** 62n }), "range");
  assert.equal(form.evaluateObject({ organiser: undefined }, { as_of: AS_OF }).status, "incomplete");
});

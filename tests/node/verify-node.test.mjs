// The example `verify-node`: a server that checks submissions.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { Form, load, reportSha256, todayOf } from "counterfoil";

import { planOf, root, temporaryFolder } from "../support.mjs";

test("a server in Node takes what holds, and refuses the rest without repeating an answer", async (t) => {
  const plan = planOf("street-party");
  const file = join(temporaryFolder(t), "street-party.plan.json");
  writeFileSync(file, plan);
  const program = spawn(process.execPath, [join(root, "examples/verify-node/server.mjs"), file, "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  t.after(async () => {
    program.kill();
    await ended;
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: program.stdout }).on("line", (line) => resolve(/http:\S+/.exec(line)[0]));
    ended.then((status) => reject(new Error(`the server ended with ${status}`)));
  });
  const post = async (body) => {
    const response = await fetch(url, { method: "POST", body });
    return { status: response.status, text: await response.text() };
  };

  await load();
  const form = new Form(plan);
  const today = todayOf(form.timezone);
  const later = new Date(Date.parse(today) + 60 * 86_400_000).toISOString().slice(0, 10);
  const example = JSON.parse(readFileSync(join(root, "forms/street-party/example.json"), "utf8"));
  const answers = { ...example, event_date: later };
  const report = form.evaluate(JSON.stringify(answers), JSON.stringify({ as_of: today }));
  const submission = { plan: form.planId, answers, report_sha256: reportSha256(report) };
  const sent = (changes) => post(JSON.stringify({ ...submission, ...changes }));

  assert.deepEqual(await sent({}), { status: 201, text: report });
  const refused = [
    [409, await sent({ report_sha256: "0".repeat(64) })],
    [409, await sent({ plan: "0".repeat(64) })],
    [422, await sent({ answers: { ...answers, stalls: "Secret" } })],
    [422, await sent({ answers: {} })],
    [400, await sent({ answers: ["Secret"] })],
    [400, await post("Secret")],
    [413, await post("x".repeat((1 << 20) + 1))],
  ];
  for (const [status, answer] of refused) {
    assert.equal(answer.status, status, answer.text);
    assert.doesNotMatch(answer.text, /Secret|Harbour/);
  }
  assert.equal((await fetch(url)).status, 404);
});

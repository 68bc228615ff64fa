// Takes submissions: `node server.mjs PLAN.json [PORT]`.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { Form, load, todayOf } from "counterfoil";

import { verify } from "./verify.mjs";

const LARGEST = 1 << 20;

const [planPath, port = "8081"] = process.argv.slice(2);
if (!planPath) {
  console.error("usage: node server.mjs PLAN.json [PORT]");
  process.exit(2);
}
await load();
const form = new Form(await readFile(planPath, "utf8"));

/** What is answered to a request: a status and an object. */
async function answer(request) {
  if (request.method !== "POST" || request.url !== "/submissions") {
    return [404, { type: "about:blank", title: "Not found", status: 404 }];
  }
  if (Number(request.headers["content-length"] ?? LARGEST + 1) > LARGEST) {
    return [413, { type: "about:blank", title: "Too large", status: 413 }];
  }
  const { report, problem } = verify(form, JSON.parse(await text(request)), todayOf(form.timezone));
  return problem ? [problem.status, problem] : [201, JSON.parse(report)];
}

const server = createServer(async (request, response) => {
  // What went wrong in reading may name an answer, so it is not told.
  const [status, body] = await answer(request).catch(() => [
    400,
    { type: "about:blank", title: "This is no submission", status: 400 },
  ]);
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
});
server.listen(Number(port), "127.0.0.1", () => {
  console.log(`Submissions are taken at http://127.0.0.1:${server.address().port}/submissions`);
});

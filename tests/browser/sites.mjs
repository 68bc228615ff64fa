// Web sites that can go away and come back: the example of static files, and an office behind a line that
// fails.

import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, request as send } from "node:http";
import { extname, join, normalize } from "node:path";

import { planOf, root, temporaryFolder } from "../support.mjs";
import { DAY } from "./support.mjs";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** A server on a port of its own that can be stopped, with all its connections, and started again. */
async function openServer(t, handler) {
  let server;
  let port = 0;
  const start = () =>
    new Promise((resolve) => {
      server = createServer(handler);
      server.listen(port, "127.0.0.1", () => {
        ({ port } = server.address());
        resolve();
      });
    });
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  await start();
  t.after(stop);
  return { start, stop, url: `http://127.0.0.1:${port}` };
}

/**
 * Serves `examples/static-html` with the built package beside it, as any web server would. The form's
 * submissions go to `office`; `edit` may change the page, and `plan` is another than the street party's.
 */
export async function openSite(t, office, { edit = (html) => html, plan = planOf("street-party") } = {}) {
  const folder = temporaryFolder(t);
  cpSync(join(root, "examples/static-html"), folder, { recursive: true });
  cpSync(join(root, "web/dist"), join(folder, "counterfoil"), { recursive: true });
  cpSync(join(root, "web/dist/counterfoil-worker.js"), join(folder, "counterfoil-worker.js"));
  writeFileSync(join(folder, "street-party.plan.json"), plan);
  const page = join(folder, "index.html");
  const html = readFileSync(page, "utf8")
    .replaceAll("https://office.example", office)
    .replace("<counterfoil-form", `<counterfoil-form as-of="${DAY}"`);
  writeFileSync(page, edit(html));
  return { ...(await serveFolder(t, folder)), folder };
}

/** Serves a folder's files, as any web server would. */
export function serveFolder(t, folder) {
  return openServer(t, async (request, response) => {
    const path = normalize(new URL(request.url, "http://site").pathname);
    try {
      const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
}

/**
 * An office behind a line: `line.answers` false takes posts to the office and loses the answers. `posts`
 * tells of every post that came to the office: its key, and whether it was the first with that key.
 */
export async function openLine(t, office) {
  const line = { answers: true };
  const posts = [];
  const server = await openServer(t, (request, response) => {
    const forwarded = send(`${office}${request.url}`, { method: request.method, headers: request.headers });
    forwarded.on("response", (answer) => {
      if (request.method === "POST") {
        const isNew = answer.statusCode === 201 && answer.headers["idempotency-replayed"] === undefined;
        posts.push({ key: request.headers["idempotency-key"], isNew, status: answer.statusCode });
      }
      if (!line.answers && request.method === "POST") return response.destroy();
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => response.destroy());
    request.pipe(forwarded);
  });
  return { ...server, line, posts };
}

// What the tests in Node and in the browser share: where things are, and the counterfoil command.

import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The counterfoil command; `COUNTERFOIL` names another than the one that `cargo build` makes. */
export const command = process.env.COUNTERFOIL ?? join(root, "target/debug/counterfoil");

/** Runs the command and returns what it printed; fails where the exit code is not the expected one. */
export function counterfoil(args, { input, status = 0 } = {}) {
  const run = spawnSync(command, args, {
    cwd: root,
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.error) throw run.error;
  if (![status].flat().includes(run.status)) {
    throw new Error(`counterfoil ${args.join(" ")} ended with ${run.status}:\n${run.stderr}`);
  }
  return run.stdout;
}

/** The ids of the project's forms; a folder of what they share has no form of its own. */
export function formIds() {
  return readdirSync(join(root, "forms"))
    .filter((name) => existsSync(join(root, "forms", name, "form.yaml")))
    .sort();
}

/** The published plan of one of the project's forms. */
export function planOf(form) {
  return counterfoil(["build", join("forms", form), "--output", "-"]);
}

/** A folder for one test, removed when it ends. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "counterfoil-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

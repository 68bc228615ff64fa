/**
 * Counterfoil without a page: the engine that the office runs, for browsers and Node.
 *
 *     await load();
 *     const form = new Form(planText);
 *     const report = form.evaluateObject(answers, { as_of: "2026-01-31" });
 */

import init, { type InitInput } from "../pkg/counterfoil.js";

export * from "../pkg/counterfoil.js";

let loading: Promise<void> | undefined;

/**
 * Loads the engine, once; every other call needs it to have ended. Without an argument the module
 * `counterfoil.wasm` beside this script is taken.
 */
export function load(module?: InitInput | Promise<InitInput>): Promise<void> {
  loading ??= start(module).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(module?: InitInput | Promise<InitInput>): Promise<void> {
  await init({ module_or_path: module ?? (await besideThisScript()) });
}

async function besideThisScript(): Promise<InitInput> {
  const url = new URL("counterfoil.wasm", import.meta.url);
  if (url.protocol !== "file:") return url;
  // Node does not fetch files.
  const { readFile } = await import("node:fs/promises");
  return readFile(url);
}

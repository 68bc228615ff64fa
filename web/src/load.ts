/** Loading the engine. */

import init, { type InitInput } from "../pkg/counterfoil.js";

import { CounterfoilError } from "./errors.js";

let loading: Promise<void> | undefined;

/**
 * Loads the engine, once for all forms of a page; every other call needs it to have ended. Without an
 * argument the module `counterfoil.wasm` beside this script is taken. Fails with an `EngineError` where
 * it cannot be fetched, or the browser or the page's policy does not run WebAssembly; a later call tries
 * again.
 */
export function load(module?: InitInput | Promise<InitInput>): Promise<void> {
  loading ??= start(module).catch((error: unknown) => {
    loading = undefined;
    throw new CounterfoilError("EngineError", "the engine could not be loaded", error);
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

/** Loading the engine. */

import init, { type InitInput } from "../pkg/counterfoil.js";

import { CounterfoilError } from "./errors.js";

type Files = typeof import("node:fs/promises");

const FILES = "node:fs/promises";

let loading: Promise<void> | undefined;

/**
 * Loads the engine, once for all forms of a page; every other call needs it to have ended. Without an
 * argument the module `counterfoil.wasm` beside this script is taken. Fails with an `EngineError` where
 * it cannot be fetched, is not what `integrity` says (such as `sha384-…`; browsers only), or the browser or
 * the page's policy does not run WebAssembly; a later call tries again.
 */
export function load(module?: InitInput | Promise<InitInput>, integrity?: string): Promise<void> {
  loading ??= start(module, integrity).catch((error: unknown) => {
    loading = undefined;
    throw new CounterfoilError("EngineError", "the engine could not be loaded", error);
  });
  return loading;
}

async function start(module?: InitInput | Promise<InitInput>, integrity?: string): Promise<void> {
  await init({ module_or_path: module ?? (await besideThisScript(integrity)) });
}

async function besideThisScript(integrity = ""): Promise<InitInput> {
  const url = new URL("./counterfoil.wasm", import.meta.url);
  if (url.protocol !== "file:") return fetch(url, { integrity });
  // Node does not fetch files. By a name, bundlers for browsers leave the module alone.
  const { readFile } = (await import(FILES)) as Files;
  return readFile(url);
}

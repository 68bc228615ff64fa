// Gives a module's imports short names, in the module and in its JavaScript: `node shorten.mjs MODULE.wasm
// MODULE.js`. wasm-bindgen's names end in 16 digits of a hash each, which no compression can make smaller.

import { readFileSync, writeFileSync } from "node:fs";

const IMPORTS = 2;
const [wasmPath, jsPath] = process.argv.slice(2);
const bytes = readFileSync(wasmPath);
let at = 8;

function number() {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return value;
  }
}

function text() {
  const length = number();
  at += length;
  return bytes.toString("utf8", at - length, at);
}

function limits() {
  const flags = number();
  number();
  if (flags & 1) number();
}

/** Passes over what an import is, and returns its bytes. */
function description() {
  const start = at;
  const kind = bytes[at++];
  if (kind === 0) number();
  else if (kind === 1) {
    at++;
    limits();
  } else if (kind === 2) limits();
  else if (kind === 3) at += 2;
  else throw new Error(`${wasmPath} imports something of kind ${kind}`);
  return bytes.subarray(start, at);
}

/** A number as WebAssembly writes it. */
function encoded(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return Buffer.from([...out, value]);
}

const named = (name) => Buffer.concat([encoded(Buffer.byteLength(name)), Buffer.from(name)]);

/** The section of imports with short names, which are noted in `short`. */
function shortened(short) {
  const count = number();
  const parts = [encoded(count)];
  for (let left = count; left > 0; left--) {
    const module = text();
    const name = text();
    if (!short.has(name)) short.set(name, `i${short.size.toString(36)}`);
    parts.push(named(module), named(short.get(name)), description());
  }
  return Buffer.concat(parts);
}

const short = new Map();
const sections = [bytes.subarray(0, at)];
while (at < bytes.length) {
  const id = bytes[at++];
  const end = number() + at;
  const section = id === IMPORTS ? shortened(short) : bytes.subarray(at, end);
  sections.push(Buffer.from([id]), encoded(section.length), section);
  at = end;
}

let js = readFileSync(jsPath, "utf8");
for (const [name, shortName] of short) {
  const before = js;
  js = js.replaceAll(new RegExp(`\\b${name}\\b(?=:)`, "g"), shortName);
  if (js === before) throw new Error(`${jsPath} does not define ${name}`);
}
writeFileSync(wasmPath, Buffer.concat(sections));
writeFileSync(jsPath, js);

// Gives a module's imports short names, in the module and in its JavaScript: `node shorten.mjs MODULE.wasm
// MODULE.js`. wasm-bindgen's names end in 16 digits of a hash each, which no compression can make smaller.

import { readFileSync, writeFileSync } from "node:fs";

import { BEGINNING, Reader } from "./reader.mjs";

const IMPORTS = 2;
const [wasmPath, jsPath] = process.argv.slice(2);
const bytes = readFileSync(wasmPath);
const reader = new Reader(bytes);

/** A number as WebAssembly writes it. */
function encoded(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return Buffer.from([...out, value]);
}

const named = (name) => Buffer.concat([encoded(Buffer.byteLength(name)), Buffer.from(name)]);

/** The section of imports with short names, which are noted in `short`. */
function shortened(short) {
  const count = reader.number();
  const parts = [encoded(count)];
  for (let left = count; left > 0; left--) {
    const module = reader.text();
    const name = reader.text();
    if (!short.has(name)) short.set(name, `i${short.size.toString(36)}`);
    const start = reader.at;
    reader.importType();
    parts.push(named(module), named(short.get(name)), bytes.subarray(start, reader.at));
  }
  return Buffer.concat(parts);
}

const short = new Map();
const sections = [bytes.subarray(0, BEGINNING)];
while (!reader.isAtEnd) {
  const id = reader.byte();
  const end = reader.number() + reader.at;
  const section = id === IMPORTS ? shortened(short) : bytes.subarray(reader.at, end);
  sections.push(Buffer.from([id]), encoded(section.length), section);
  reader.at = end;
}

let js = readFileSync(jsPath, "utf8");
for (const [name, shortName] of short) {
  const before = js;
  js = js.replaceAll(new RegExp(`\\b${name}\\b(?=:)`, "g"), shortName);
  if (js === before) throw new Error(`${jsPath} does not define ${name}`);
}
writeFileSync(wasmPath, Buffer.concat(sections));
writeFileSync(jsPath, js);

// Where the bytes of a module's code go, by crate and Rust module: `node profile.mjs MODULE.wasm [COUNT]`.
// The module must have its names, as `target/wasm32-unknown-unknown/release-wasm/counterfoil_wasm.wasm` has;
// what wasm-bindgen and wasm-opt take out later is still in it.

import { readFileSync } from "node:fs";

import { Reader } from "./reader.mjs";

const [path, count = "40"] = process.argv.slice(2);
const reader = new Reader(readFileSync(path));

function importedFunctions() {
  let functions = 0;
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    if (reader.importType() === 0) functions++;
  }
  return functions;
}

/** The path of the first thing in a mangled name: `alloc::vec` of `_ZN…` or `_R…`. */
function place(name) {
  const parts = [];
  const legacy = name.startsWith("_ZN");
  const pattern = legacy ? /(\d+)/y : /(?:s[0-9A-Za-z]*_)?(\d+)_?/g;
  pattern.lastIndex = 3;
  for (let found = pattern.exec(name); found && parts.length < 3; found = pattern.exec(name)) {
    const part = name.substr(pattern.lastIndex, Number(found[1]));
    pattern.lastIndex += Number(found[1]);
    // An implementation is named after what it is for.
    const inner = /([a-z_][\w]*(?:\.\.[\w]+)+)/.exec(part);
    parts.push(...(legacy && part.startsWith("_$LT$") && inner ? inner[1].split("..") : [part]));
  }
  return parts.slice(0, 2).join("::") || name;
}

const sizes = [];
const names = new Map();
let imported = 0;
while (!reader.isAtEnd) {
  const section = reader.byte();
  const end = reader.number() + reader.at;
  if (section === 2) imported = importedFunctions();
  if (section === 10) {
    for (let left = reader.number(); left > 0; left--) {
      const size = reader.number();
      sizes.push(size);
      reader.at += size;
    }
  }
  if (section === 0 && reader.text() === "name") {
    while (reader.at < end) {
      const kind = reader.byte();
      const partEnd = reader.number() + reader.at;
      if (kind === 1) {
        for (let left = reader.number(); left > 0; left--) {
          const index = reader.number();
          names.set(index, reader.text());
        }
      }
      reader.at = partEnd;
    }
  }
  reader.at = end;
}

const places = new Map();
for (const [index, size] of sizes.entries()) {
  const name = place(names.get(index + imported) ?? "unnamed");
  const sum = places.get(name) ?? { size: 0, functions: 0 };
  places.set(name, { size: sum.size + size, functions: sum.functions + 1 });
}
console.log(`${sizes.length} functions, ${sizes.reduce((a, b) => a + b, 0)} B of code`);
const largest = [...places].sort(([, a], [, b]) => b.size - a.size).slice(0, Number(count));
for (const [name, { size, functions }] of largest) {
  console.log(`${String(size).padStart(8)} B  ${String(functions).padStart(4)} functions  ${name}`);
}

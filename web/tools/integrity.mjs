// Writes `integrity.json`: the hash of every file that pages load, as the attribute `integrity` has it.
// `node integrity.mjs FOLDER`.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => /\.(css|js|wasm)$/.test(name)).sort();
const hashes = files.map((name) => {
  const hash = createHash("sha384").update(readFileSync(join(folder, name))).digest("base64");
  return [name, `sha384-${hash}`];
});
writeFileSync(join(folder, "integrity.json"), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);

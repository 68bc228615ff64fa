// Prints a file's size as it is, with gzip and with Brotli: `node sizes.mjs FILE…`.

import { readFileSync } from "node:fs";
import { basename } from "node:path";

import { compressed } from "./compress.mjs";

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const { gz, br } = compressed(bytes);
  console.log(
    `${basename(path)}: raw ${bytes.length} B, gzip ${gz.length} B, Brotli ${br.length} B`,
  );
}

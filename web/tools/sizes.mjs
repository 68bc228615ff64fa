// Prints a file's size as it is, with gzip and with Brotli: `node sizes.mjs FILE…`.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  const sizes = Object.entries({ raw: bytes.length, gzip, brotli });
  console.log(`${basename(path)}: ${sizes.map(([name, size]) => `${name} ${size} B`).join(", ")}`);
}

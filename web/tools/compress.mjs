// Puts `FILE.gz` and `FILE.br` beside files, for servers that send what is compressed already:
// `node compress.mjs FILE…`.

import { readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes as a server sends them, with the greatest effort. */
export function compressed(bytes) {
  return {
    gz: gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
    br: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  };
}

if (process.argv[1] === import.meta.filename) {
  for (const path of process.argv.slice(2)) {
    for (const [extension, bytes] of Object.entries(compressed(await readFile(path)))) {
      await writeFile(`${path}.${extension}`, bytes);
    }
  }
}

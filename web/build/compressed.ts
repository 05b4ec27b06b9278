import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** Pictures and sounds are compressed already. */
const WORTH_IT = new Set([".css", ".html", ".js", ".json", ".svg", ".wasm", ".webmanifest"]);
/** Below this a packet is a packet. */
const LEAST_BYTES = 1_400;
/** The highest takes ten times as long for a twentieth less. */
const BROTLI_QUALITY = 9;

/**
 * Lays `name.br` (RFC 7932) and `name.gz` (RFC 1952) beside each file of a folder for which they are smaller; the server
 * sends what a browser takes. A phone in a basement loads a third of the bytes.
 */
export function compressFolder(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !WORTH_IT.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < LEAST_BYTES) continue;
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    if (brotli.length < bytes.length) writeFileSync(`${path}.br`, brotli);
    const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
    if (gzip.length < bytes.length) writeFileSync(`${path}.gz`, gzip);
  }
}

/** Compresses what the build has written, after everything else has. */
export function compressed(folder: string): Plugin {
  return {
    name: "hanyouxu-compressed",
    apply: "build",
    closeBundle: { order: "post", sequential: true, handler: () => compressFolder(folder) },
  };
}

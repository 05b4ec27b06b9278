/**
 * `node server/src/commands/import-regions.ts [FILE]`: brings the region tree up to date from the bundled one or from a
 * newer file of the same form (`330723 武义县 001白洋街道 …`). Can be run again at any time. With the embedded database
 * stop the server first.
 */
import { readFileSync } from "node:fs";
import { ConfigError } from "../config/config-error.ts";
import { loadConfig } from "../config/load-config.ts";
import { FolderLocked } from "../db/folder-lock.ts";
import { bundledDivisions, importRegions, parseDivisions } from "../features/regions/regions.ts";
import { createLogger } from "../log.ts";
import { openStore } from "../open-store.ts";

const [file] = process.argv.slice(2);

try {
  const divisions = file === undefined ? bundledDivisions() : parseDivisions(readFileSync(file, "utf8"));
  const { store, close } = await openStore(loadConfig(process.env), createLogger("error"));
  try {
    const { added, renamed, adopted, abolished } = await importRegions(store, divisions, "system");
    process.stdout.write(
      `共 ${divisions.length} 个行政区划：新增 ${added}，更名 ${renamed}，恢复或并入 ${adopted}，撤销 ${abolished}\n` +
        `${divisions.length} regions: ${added} added, ${renamed} renamed, ${adopted} adopted, ${abolished} abolished\n`,
    );
  } finally {
    await close();
  }
} catch (error) {
  const text = explain(error);
  if (text === undefined) throw error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 2;
}

function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof FolderLocked || error instanceof RangeError)
    return error.message;
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return `没有这个文件 / there is no such file: ${file}`;
  return undefined;
}

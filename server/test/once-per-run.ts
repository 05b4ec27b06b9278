import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** The folder shared by the test files of this run. */
export function runFolder(): string {
  const folder = process.env.HY_TEST_RUN;
  if (!folder)
    throw new Error("HY_TEST_RUN is not set: vitest.config.ts must name server/test/global-setup.ts");
  return folder;
}

/** Runs `make` in the first test process that asks; the others wait and read what it wrote. */
export async function oncePerRun(
  name: string,
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(runFolder(), name);
  const lock = `${file}.lock`;
  for (;;) {
    if (existsSync(file)) return new Uint8Array(readFileSync(file));
    try {
      mkdirSync(lock);
    } catch {
      await pause(50);
      continue;
    }
    try {
      if (!existsSync(file)) {
        writeFileSync(`${file}.draft`, await make());
        renameSync(`${file}.draft`, file);
      }
    } finally {
      rmdirSync(lock);
    }
  }
}

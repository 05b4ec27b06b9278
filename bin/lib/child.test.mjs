import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inRoot } from "./paths.mjs";

/** A script that runs another as the launcher does. */
let parent;
let folder;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hy-launcher-"));
  parent = join(folder, "parent.mjs");
  writeFileSync(
    parent,
    `import { runChild } from ${JSON.stringify(inRoot("bin/lib/child.mjs"))};
     process.exitCode = await runChild(process.execPath, ["-e", process.argv[2]]);`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(childProgram) {
  const launcher = spawn(process.execPath, [parent, childProgram], { stdio: ["ignore", "pipe", "inherit"] });
  return { launcher, ended: once(launcher, "exit") };
}

test("the child's exit code is the launcher's", async () => {
  expect(await start("process.exit(7)").ended).toEqual([7, null]);
});

test("a child ended by a signal gives 128 and the signal's number", async () => {
  expect(await start("process.kill(process.pid, 'SIGKILL')").ended).toEqual([137, null]);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"])(
  "%s reaches the child, which ends in its own way",
  async (signal) => {
    const program = `process.on("${signal}", () => { console.log("asked"); process.exit(3); });
    setInterval(() => {}, 1000); console.log("up");`;
    const { launcher, ended } = start(program);
    let output = "";
    launcher.stdout.on("data", (text) => {
      if (output === "") launcher.kill(signal);
      output += text;
    });
    expect(await ended).toEqual([3, null]);
    expect(output).toBe("up\nasked\n");
  },
);

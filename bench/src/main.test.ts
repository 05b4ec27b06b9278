import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));
const bench = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });

describe("npm run bench", () => {
  test("lists every bench with its options", () => {
    const { status, stdout } = bench("--list");
    expect(status).toBe(0);
    for (const name of ["frames", "start-latency", "ingest", "import"])
      expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
    expect(stdout).toContain("--database");
  });

  test("prints one line of JSON with the figure, its peer and the conditions", () => {
    const { status, stdout } = bench("frames", "--json", "--calls", "200", "--repetitions", "2");
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({
      name: "frames",
      value: expect.any(Number),
      unit: expect.any(String),
      peer: expect.any(String),
      peerValue: expect.any(Number),
      conditions: {
        cpu: expect.any(String),
        cores: expect.any(Number),
        node: process.versions.node,
        repetitions: 2,
      },
    });
    const { value, peerValue, ratio } = result as Record<string, number>;
    expect(ratio).toBeCloseTo(value! / peerValue!, 3);
  });

  test.each([
    [["nothing"], "no bench"],
    [[], "name a bench"],
    [["frames", "--calls", "many"], "--calls is a whole number"],
    [["start-latency", "--database", "sqlite"], "--database is one of"],
    [["frames", "--colour", "red"], "--colour"],
    [["--", "frames", "--calls", "200"], "not understood: --calls 200"],
  ])("%j is refused with what is wrong and how to use it", (args, text) => {
    const { status, stderr } = bench(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(text);
    expect(stderr).toContain("npm run bench");
  });
});

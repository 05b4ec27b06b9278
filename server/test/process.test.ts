import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import nodeFlags from "../node-flags.json" with { type: "json" };
import { createSecrets } from "../src/config/secrets.ts";
import { newPostgresUrl } from "./database.ts";

let dataDir: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "hy-process-"));
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(dataDir, { recursive: true, force: true });
});

function run(file: string, args: string[], environment: Record<string, string>, input = ""): ChildProcess {
  const child = spawn(process.execPath, [new URL(`../src/${file}`, import.meta.url).pathname, ...args], {
    env: {
      PATH: process.env.PATH,
      HY_DATA_DIR: dataDir,
      HY_HTTP_PORT: "0",
      HY_MQTT_PORT: "0",
      ...environment,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  child.stdin?.end(input);
  return child;
}

async function finished(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

async function readyUrl(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
    if (msg === "ready" && url) return url;
  }
  throw new Error("the server ended before it was ready");
}

async function onPostgres(): Promise<Record<string, string>> {
  createSecrets(join(dataDir, "secrets"));
  return { HY_DATABASE: await newPostgresUrl({ migrated: false }) };
}

test("the unit for systemd starts Node with the server's flags", () => {
  const unit = readFileSync(new URL("../../deploy/systemd/hanyouxu.service", import.meta.url), "utf8");
  expect(unit).toContain(`/node ${nodeFlags.join(" ")} server/src/main.ts`);
});

describe("the server as a process", () => {
  test("ends with 2 and says in both languages what is wrong with its configuration", async () => {
    const { code, err } = await finished(run("main.ts", [], { HY_HTTP_PORT: "high" }));
    expect(code).toBe(2);
    expect(err).toContain("HY_HTTP_PORT");
    expect(err).toContain("端口号");
    expect(err).toContain("port number");
    expect(err).not.toContain("    at ");
  });

  test("starts on an empty database, answers, and stops by SIGTERM without an error", async () => {
    const child = run("main.ts", [], await onPostgres());
    const url = await readyUrl(child);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.stdout?.resume();
    child.kill("SIGTERM");
    const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  test("starts again on the same database after a kill", async () => {
    const environment = await onPostgres();
    const first = run("main.ts", [], environment);
    await readyUrl(first);
    first.kill("SIGKILL");
    await once(first, "exit");
    const second = run("main.ts", [], environment);
    expect((await fetch(`${await readyUrl(second)}/readyz`)).status).toBe(200);
  });
});

describe("create-staff", () => {
  const args = ["--username", "demo-op", "--name", "演示管理员", "--role", "operator"];

  test("makes one operator, prints the TOTP address once, and refuses the name a second time", async () => {
    const environment = await onPostgres();
    const made = await finished(run("commands/create-staff.ts", args, environment, "a long passphrase\n"));
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/otpauth:\/\/totp\/Hanyouxu:demo-op\?.*secret=[A-Z2-7]{32}/);
    const again = await finished(run("commands/create-staff.ts", args, environment, "a long passphrase\n"));
    expect(again.code).toBe(2);
    expect(again.err).toContain("taken");
    expect(again.out).toBe("");
  });

  test.each([
    ["a short password", args, "short\n", "too short"],
    ["no password", args, "", "too short"],
    ["an unknown role", [...args.slice(0, 4), "--role", "king"], "a long passphrase\n", "role"],
    ["an unknown flag", [...args, "--password", "x"], "a long passphrase\n", "--password"],
  ])("%s is refused with the usage", async (_name, given, input, expected) => {
    const { code, err } = await finished(run("commands/create-staff.ts", given, {}, input));
    expect(code).toBe(2);
    expect(err).toContain("usage");
    expect(err).toContain(expected);
  });
});

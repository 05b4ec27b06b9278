import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigError } from "./config-error.ts";
import { keys, secretKeys } from "./keys.ts";
import { loadConfig } from "./load-config.ts";
import { createSecrets } from "./secrets.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "hy-config-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const problemsOf = (environment: Record<string, string>) => {
  try {
    loadConfig({ HY_DATA_DIR: dir, ...environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const wrongKeys = (environment: Record<string, string>) => problemsOf(environment).map(({ key }) => key);

describe("the configuration", () => {
  test("needs nothing: embedded database and broker on loopback, secrets made once and kept", () => {
    const first = loadConfig({ HY_DATA_DIR: dir });
    expect(first.database).toEqual({ engine: "pglite" });
    expect(first.broker).toEqual({ kind: "embedded", host: "127.0.0.1", port: 8883, names: [] });
    expect(first.http).toMatchObject({ host: "127.0.0.1", port: 8080 });
    expect(first.demo).toBe(false);
    expect(loadConfig({ HY_DATA_DIR: dir }).secrets).toEqual(first.secrets);
    for (const file of readdirSync(join(dir, "secrets"))) {
      expect(statSync(join(dir, "secrets", file)).mode & 0o777).toBe(0o600);
    }
  });

  test("names every wrong key at once, in both languages", () => {
    const problems = problemsOf({ HY_HTTP_PORT: "http", HY_DATABASE: "mysql://x/y", HY_DEMO: "yes" });
    expect(problems.map(({ key }) => key)).toEqual(["HY_DATABASE", "HY_HTTP_PORT", "HY_DEMO"]);
    for (const problem of problems) {
      expect(problem["zh-CN"]).toMatch(/\p{Script=Han}/u);
      expect(problem.en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test("with PostgreSQL asks for the secrets instead of making them", () => {
    const environment = { HY_DATABASE: "postgres://hy:x@db:5432/hy" };
    expect(wrongKeys(environment)).toContain("HY_MASTER_KEY");
    const secretsDir = join(dir, "shared");
    createSecrets(secretsDir);
    const config = loadConfig({ ...environment, HY_DATA_DIR: dir, HY_SECRETS_DIR: secretsDir });
    expect(config.secrets.masterKeys).toHaveLength(1);
    expect(config.secrets.platformKeyPems).toHaveLength(2);
  });

  test("reads a secret from the file that KEY_FILE names, and refuses both at once", () => {
    const file = join(dir, "token");
    writeFileSync(file, "0123456789abcdef0123456789\n");
    expect(loadConfig({ HY_DATA_DIR: dir, HY_METRICS_TOKEN_FILE: file }).metricsToken).toBe(
      "0123456789abcdef0123456789",
    );
    expect(wrongKeys({ HY_METRICS_TOKEN_FILE: file, HY_METRICS_TOKEN: "x".repeat(30) })).toEqual([
      "HY_METRICS_TOKEN",
    ]);
    expect(wrongKeys({ HY_METRICS_TOKEN_FILE: join(dir, "absent") })).toEqual(["HY_METRICS_TOKEN_FILE"]);
  });

  test("takes HY_CONFIG_FILE below the environment", () => {
    const file = join(dir, "hy.env");
    writeFileSync(file, `HY_HTTP_PORT=9000\nHY_LOG_LEVEL=debug\nHY_DATA_DIR=${dir}\n`);
    const config = loadConfig({ HY_CONFIG_FILE: file, HY_HTTP_PORT: "9001" });
    expect(config.http.port).toBe(9001);
    expect(config.logLevel).toBe("debug");
  });

  test("refuses a demo that others could reach, unless it says that it is public and embedded", () => {
    expect(wrongKeys({ HY_DEMO: "1" })).toEqual([]);
    expect(wrongKeys({ HY_DEMO: "1", HY_HTTP_HOST: "0.0.0.0" })).toEqual(["HY_DEMO"]);
    expect(wrongKeys({ HY_DEMO: "1", HY_PUBLIC_URL: "https://hy.example.cn" })).toEqual(["HY_DEMO"]);
    expect(wrongKeys({ HY_DEMO: "1", HY_HTTP_HOST: "0.0.0.0", HY_DEMO_PUBLIC: "1" })).toEqual([]);
    createSecrets(join(dir, "secrets"));
    const database = { HY_DATABASE: "postgres://hy@db/hy", HY_DEMO: "1", HY_DEMO_PUBLIC: "1" };
    expect(wrongKeys({ ...database, HY_HTTP_HOST: "0.0.0.0" })).toEqual(["HY_DEMO"]);
  });

  test("lets the demo inbox stand in for text messages in the demo only", () => {
    expect(loadConfig({ HY_DATA_DIR: dir, HY_DEMO: "1" }).sms).toEqual({ provider: "demo" });
    expect(loadConfig({ HY_DATA_DIR: dir }).sms).toEqual({ provider: "none" });
    expect(wrongKeys({ HY_SMS: "demo" })).toEqual(["HY_SMS"]);
    expect(wrongKeys({ HY_SMS: "tencent", HY_SMS_TENCENT_SECRET_ID: "AKIDx" })).toEqual([
      "HY_SMS_TENCENT_SECRET_KEY",
      "HY_SMS_TENCENT_SDK_APP_ID",
      "HY_SMS_TENCENT_SIGN_NAME",
      "HY_SMS_TENCENT_TEMPLATE_ID",
    ]);
  });

  test("wants https for a public address", () => {
    expect(wrongKeys({ HY_PUBLIC_URL: "http://hy.example.cn" })).toEqual(["HY_PUBLIC_URL"]);
    expect(wrongKeys({ HY_PUBLIC_URL: "https://hy.example.cn/path" })).toEqual(["HY_PUBLIC_URL"]);
    expect(wrongKeys({ HY_PUBLIC_URL: "https://hy.example.cn" })).toEqual([]);
    expect(wrongKeys({ HY_PUBLIC_URL: "http://127.0.0.1:8080" })).toEqual([]);
  });

  test("refuses keys of the wrong kind or length", () => {
    expect(wrongKeys({ HY_MASTER_KEY: "1:c2hvcnQ=" })).toEqual(["HY_MASTER_KEY"]);
    expect(wrongKeys({ HY_MASTER_KEY: `0:${Buffer.alloc(32).toString("base64")}` })).toEqual([
      "HY_MASTER_KEY",
    ]);
    expect(wrongKeys({ HY_PLATFORM_KEY_2: "not a key" })).toEqual(["HY_PLATFORM_KEY_2"]);
  });

  test("lists as secrets only keys that exist", () => {
    expect(Object.keys(keys.shape)).toEqual(expect.arrayContaining([...secretKeys]));
  });
});
